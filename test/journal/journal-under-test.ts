import { startRedis } from '../../local/redis/start-redis.ts';
import { upstashLedger } from '../../src/budgets/upstash.ts';
import { upstashJournal } from '../../src/journal/upstash.ts';
import type { BeginTurn, TurnJournal, UnplacedMessage } from '../../src/journal/turn-journal.ts';
import { upstashSessions } from '../../src/memory/upstash.ts';
import type { Session } from '../../src/memory/session.ts';
import { tally } from '../../src/observe/tally.ts';
import { redisKeys } from '../../src/redis/keys.ts';
import { upstashClient } from '../../src/redis/upstash-client.ts';
import { Secret } from '../../src/secret.ts';

export const OWNER = 'anonymous:tester';

/** A journal and a session store on a Redis of their own, with a clock that the test moves. */
export async function journalUnderTest(options: { archived?: boolean; memoryMax?: number; now?: () => number } = {}) {
  const server = await startRedis({ host: '127.0.0.1', port: 0, redisUrl: process.env['REDIS_URL'] });
  const time = { now: Date.now() };
  const namespace = `test-${crypto.randomUUID()}`;
  const keys = redisKeys(namespace);
  const redis = upstashClient({
    UPSTASH_REDIS_REST_URL: server.url,
    UPSTASH_REDIS_REST_TOKEN: new Secret(server.token),
  });
  const memory = {
    redis,
    keys,
    now: options.now ?? (() => time.now),
    archived: options.archived ?? true,
    onDelete: 'erase' as const,
    sessionTtlMs: 60_000,
    memoryMax: options.memoryMax ?? 50,
    tally: tally(true),
    onCounted: () => undefined,
  };
  const journal: TurnJournal = upstashJournal(memory);
  const sessions = (owner = OWNER) => upstashSessions(memory, { owner });
  const ledger = upstashLedger({ redis, keys, now: memory.now });
  return { journal, ledger, sessions, redis, keys, time, close: () => server.close() };
}

export function newSession(id: string, owner = OWNER): Session {
  return {
    id,
    owner,
    title: null,
    metadata: { empty: [], nested: {} },
    memoryLimit: 10,
    memoryTokens: null,
    systemPrompt: null,
    prompt: null,
    model: null,
    mcpServers: null,
    createdAt: Date.now(),
    revision: 0,
  };
}

export function message(turnId: string, role: 'user' | 'assistant', text: string): UnplacedMessage {
  return {
    v: 1,
    id: `${turnId}-${role}`,
    turn_id: turnId,
    status: 'complete',
    model: null,
    usage: null,
    created_at: '2026-11-21T00:00:00.000Z',
    message: { id: `${turnId}-${role}`, role, parts: [{ type: 'text', text }] },
  };
}

export function beginning(sessionId: string, turnId: string, more: Partial<BeginTurn> = {}): BeginTurn {
  return {
    sessionId,
    turnId,
    owner: OWNER,
    message: message(turnId, 'user', `question ${turnId}`),
    idempotencyKey: undefined,
    options: { settings: {} },
    createSession: undefined,
    door: 'own',
    detached: false,
    alongside: [],
    ...more,
  };
}
