import type { Redis } from '@upstash/redis/cloudflare';
import { upstashArchive } from '../archive/archive-upstash.ts';
import type { Archive } from '../archive/archive.ts';
import { neonArchive } from '../archive/neon.ts';
import type { Database } from '../archive/neon-database.ts';
import { upstashOutbox } from '../archive/outbox-upstash.ts';
import { findArchived, reopenSession } from '../archive/reopen-session.ts';
import { threads } from '../archive/threads.ts';
import type { Env } from '../env.ts';
import { upstashRecollections } from '../memory/recollections-upstash.ts';
import { upstashSessions, type UpstashMemoryOptions } from '../memory/upstash.ts';
import type { Log } from '../observe/log.ts';
import type { Tally } from '../observe/tally.ts';
import { MEMORY_KEEP_FACTOR, type RedisKeys } from '../redis/keys.ts';
import type { Services } from '../services.ts';
import type { SessionMemories } from '../turn/session-memories.ts';
import type { SessionTitles } from '../turn/session-titles.ts';

interface HistoryParts {
  env: Env;
  redis: Redis;
  keys: RedisKeys;
  database: Database | null;
  log: Log;
  writeTitle: SessionTitles['write'];
  tally: Tally;
  onCounted(): void;
  summarise: SessionMemories['summarise'];
  now(): number;
}

type History = Pick<Services, 'archive' | 'outbox' | 'sessions' | 'reopen' | 'titles' | 'memories'> & {
  memory: UpstashMemoryOptions;
};

/** What remembers: Redis for a while, the archive of HISTORY_STORAGE_BACKEND for long. */
export function history({
  env,
  redis,
  keys,
  database,
  log,
  writeTitle,
  summarise,
  now,
  ...counting
}: HistoryParts): History {
  const archive = archiveOf(env, { redis, keys }, database);
  const memory: UpstashMemoryOptions = {
    redis,
    keys,
    now,
    archived: archive !== null,
    onDelete: env.HISTORY_ON_DELETE,
    sessionTtlMs: Math.round(env.SESSION_TIMEOUT_MINUTES * 60_000),
    memoryMax: env.MEMORY_MAX,
    ...counting,
  };
  const outbox = upstashOutbox({ redis, keys });
  const keep = env.MEMORY_MAX * MEMORY_KEEP_FACTOR;
  const reopen: Services['reopen'] = (sessionId, owner) =>
    reopenSession({ archive, outbox, live: upstashSessions(memory, { owner }), keep }, sessionId, owner);
  return {
    memory,
    archive,
    outbox,
    reopen,
    memories: { ...upstashRecollections(memory), summarise },
    titles: {
      write: writeTitle,
      keep: ({ id, owner }, title) => upstashSessions(memory, { owner }).nameUntitled(id, title),
    },
    sessions: ({ owner }) =>
      threads({
        live: upstashSessions(memory, { owner }),
        archive,
        owner,
        keep,
        log,
        reopen: (id) => reopen(id, owner),
        isArchived: async (id) => archive !== null && (await findArchived(archive, outbox, id, owner)) !== null,
      }),
  };
}

function archiveOf(env: Env, memory: { redis: Redis; keys: RedisKeys }, database: Database | null): Archive | null {
  if (env.HISTORY_STORAGE_BACKEND === 'redis') return upstashArchive(memory);
  return env.HISTORY_STORAGE_BACKEND === 'postgres' && database ? neonArchive(database) : null;
}
