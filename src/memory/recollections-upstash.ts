import { z } from 'zod';
import { MEMORY_KEEP_FACTOR } from '../redis/keys.ts';
import { runScript } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { keepRecollectionScript, openRecollectionScript } from './recollection-scripts.ts';
import type { Recollections } from './recollections.ts';
import { parseStoredMessage } from './stored-message.ts';
import type { UpstashMemoryOptions } from './upstash.ts';

const messages = z.array(z.string()).nullable();

/** Recollections in the hash of their session: they come with it, and go with it. */
export function upstashRecollections({
  redis,
  keys,
  now,
  memoryMax,
}: Pick<UpstashMemoryOptions, 'redis' | 'keys' | 'now' | 'memoryMax'>): Recollections {
  return {
    async open(id, revision, until) {
      const names = [keys.session(id), keys.messages(id)];
      const args = [revision, now(), until, memoryMax * MEMORY_KEEP_FACTOR];
      const reply = messages.parse(await orMemoryUnavailable(runScript(redis, openRecollectionScript, names, args)));
      return reply && reply.map(parseStoredMessage);
    },
    async keep(id, recollection) {
      const { revision } = recollection;
      const args = [revision, revision - 1, JSON.stringify(recollection)];
      return (await orMemoryUnavailable(runScript(redis, keepRecollectionScript, [keys.session(id)], args))) === 1;
    },
  };
}
