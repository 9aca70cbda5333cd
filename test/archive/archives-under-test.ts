import { afterAll, beforeAll, describe } from 'vitest';
import { startRedis } from '../../local/redis/start-redis.ts';
import { upstashArchive } from '../../src/archive/archive-upstash.ts';
import type { Archive, ArchiveEntry } from '../../src/archive/archive.ts';
import { neonArchive } from '../../src/archive/neon.ts';
import { redisKeys } from '../../src/redis/keys.ts';
import { upstashClient } from '../../src/redis/upstash-client.ts';
import { Secret } from '../../src/secret.ts';
import { openTestDatabase } from './database-under-test.ts';

type Opened = { archive: Archive; close(): Promise<void> };

const ARCHIVES: { kind: string; open(): Promise<Opened> }[] = [
  {
    kind: 'Postgres',
    async open() {
      const { database, close } = await openTestDatabase();
      return { archive: neonArchive(database), close };
    },
  },
  {
    kind: 'Redis',
    async open() {
      const server = await startRedis({ host: '127.0.0.1', port: 0, redisUrl: process.env['REDIS_URL'] });
      const redis = upstashClient({
        UPSTASH_REDIS_REST_URL: server.url,
        UPSTASH_REDIS_REST_TOKEN: new Secret(server.token),
      });
      const keys = redisKeys(`test-${crypto.randomUUID()}`);
      return { archive: upstashArchive({ redis, keys }), close: () => server.close() };
    },
  },
];

/** Runs `suite` on every kind of archive there is. */
export function describeArchives(suite: (archive: () => Archive) => void): void {
  describe.each(ARCHIVES)('the archive in $kind', ({ open }) => {
    let opened: Opened | undefined;
    beforeAll(async () => void (opened = await open()), 60_000);
    afterAll(() => opened?.close());
    suite(() => {
      if (!opened) throw new Error('The archive is open only while a test runs.');
      return opened.archive;
    });
  });
}

export type MessageEntry = Extract<ArchiveEntry, { kind: 'message' }>;

const START = Date.parse('2026-11-21T10:00:00Z');

/** One message of a session whose name is its id; positions are seconds. */
export function messageEntry(
  sessionId: string,
  position: number,
  {
    text = 'hello',
    owner = 'user:ann',
    ...session
  }: { text?: string; owner?: string } & Partial<MessageEntry['session']> = {},
): MessageEntry {
  const role = position % 2 === 0 ? 'assistant' : 'user';
  return {
    kind: 'message',
    session: {
      id: sessionId,
      owner,
      title: 'A title',
      metadata: { from: 'test', empty: [], nested: {} },
      memoryLimit: 10,
      memoryTokens: null,
      systemPrompt: 'Be brief.',
      prompt: null,
      model: 'demo',
      mcpServers: ['tasks'],
      createdAt: START,
      revision: 0,
      ...session,
    },
    message: {
      v: 1,
      id: `m${position}`,
      turn_id: `t${Math.ceil(position / 2)}`,
      position,
      status: 'complete',
      model: role === 'assistant' ? 'demo' : null,
      usage: role === 'assistant' ? { inputTokens: 3, outputTokens: 4, totalTokens: 7 } : null,
      created_at: new Date(START + position * 1000).toISOString(),
      message: { id: `m${position}`, role, parts: [{ type: 'text', text }] },
    },
  };
}

export function deletedEntry(sessionId: string, onDelete: 'keep' | 'anonymise' | 'erase' = 'erase'): ArchiveEntry {
  return { kind: 'session-deleted', sessionId, deletedAt: START + 3_600_000, onDelete };
}
