import type { Redis } from '@upstash/redis/cloudflare';
import { z } from 'zod';
import type { RedisKeys } from '../redis/keys.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { burySessionScript, keepMessageScript, keepSessionScript } from './archive-scripts.ts';
import type { Archive, ArchiveEntry } from './archive.ts';

/** What changes the archive in Redis. Of a call that is rejected, some entries may have been written. */
export function upstashArchiveWrites({
  redis,
  keys,
}: {
  redis: Redis;
  keys: RedisKeys;
}): Pick<Archive, 'write' | 'prune'> {
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));

  async function writeOne(entry: ArchiveEntry): Promise<void> {
    if (entry.kind === 'session-deleted') {
      const { sessionId: id, onDelete, deletedAt } = entry;
      const names = [
        keys.archivedSession(id),
        keys.archivedSessions,
        keys.archivedMessages(id),
        keys.archivedOrder(id),
      ];
      const owner = z.string().parse(await run(burySessionScript, names, [id, onDelete, deletedAt]));
      if (owner) await orMemoryUnavailable(redis.zrem(keys.archivedOf(owner), id));
      return;
    }
    const { id, owner, revision, createdAt } = entry.session;
    const names = [keys.archivedSession(id), keys.archivedSessions, keys.archivedOf(owner)];
    const args = [id, owner, JSON.stringify(entry.session), revision];
    if (entry.kind === 'session') {
      await run(keepSessionScript, names, [...args, createdAt]);
      return;
    }
    const { message } = entry;
    const time = Date.parse(message.created_at);
    await run(
      keepMessageScript,
      [...names, keys.archivedMessages(id), keys.archivedOrder(id)],
      [...args, time, message.id, message.position, JSON.stringify(message)],
    );
  }

  return {
    async write(entries) {
      // Sent in one request, and carried out in this order.
      await Promise.all(entries.map(writeOne));
    },

    async prune(time, limit) {
      const range = { byScore: true, offset: 0, count: limit } as const;
      const ids = await orMemoryUnavailable(
        redis.zrange<string[]>(keys.archivedSessions, '-inf' as const, `(${time}`, range),
      );
      for (const id of ids) {
        const owner = await orMemoryUnavailable(redis.hget<string>(keys.archivedSession(id), 'owner'));
        if (owner) await orMemoryUnavailable(redis.zrem(keys.archivedOf(owner), id));
        await orMemoryUnavailable(
          redis.del(keys.archivedSession(id), keys.archivedMessages(id), keys.archivedOrder(id)),
        );
        await orMemoryUnavailable(redis.zrem(keys.archivedSessions, id));
      }
      return ids.length;
    },
  };
}
