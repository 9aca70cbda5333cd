import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalChunk } from '../../src/journal/turn-journal.ts';
import { LEASE_MS } from '../../src/redis/keys.ts';
import { beginning, journalUnderTest, message, newSession } from './journal-under-test.ts';

let world: Awaited<ReturnType<typeof journalUnderTest>>;
beforeAll(async () => {
  world = await journalUnderTest();
});
afterAll(() => world.close());

const delta = (seq: number): JournalChunk => ({ seq, chunk: { type: 'text-delta', id: 't', delta: `w${seq} ` } });

async function begun(turnId: string, more: Parameters<typeof beginning>[2] = {}) {
  const id = crypto.randomUUID();
  await world.sessions().create(newSession(id));
  const result = await world.journal.begin(beginning(id, turnId, more));
  if (result.kind !== 'begun') throw new Error(`expected the turn to begin, got ${result.kind}`);
  return { id, result };
}

describe('begin', () => {
  test('stores the message first and answers the session, its history and the keys read alongside', async () => {
    await world.redis.set('alongside-key', '{"a":1}');
    const { id, result } = await begun('t1', { alongside: ['alongside-key', 'no-such-key'] });
    expect(result.lease).toEqual({ sessionId: id, turnId: 't1', epoch: 1 });
    expect(result.session.metadata).toEqual({ empty: [], nested: {} });
    expect(result.history).toEqual([]);
    expect(result.userMessage.position).toBe(1);
    expect(result.alongside).toEqual(['{"a":1}', null]);
    const stored = await world.sessions().read(id);
    expect(stored?.messages).toEqual([result.userMessage]);
    expect(stored?.turn).toEqual({ id: 't1', door: 'own', state: 'running', waiting: null });
  });

  test('answers missing for a session that is not there, and stores nothing', async () => {
    expect(await world.journal.begin(beginning('nowhere', 't1'))).toEqual({ kind: 'missing' });
    expect(await world.sessions().get('nowhere')).toBeNull();
  });

  test('answers missing for a session of an identified owner to anybody else', async () => {
    const id = crypto.randomUUID();
    await world.sessions('user:ann').create(newSession(id, 'user:ann'));
    expect(await world.journal.begin(beginning(id, 't1', { owner: 'user:bob' }))).toEqual({ kind: 'missing' });
    expect(await world.sessions('user:bob').get(id)).toBeNull();
    expect(await world.sessions('user:ann').get(id)).not.toBeNull();
  });

  test('answers busy while a turn holds its lease, and unfinished once its lease has lapsed', async () => {
    const { id } = await begun('t1');
    expect(await world.journal.begin(beginning(id, 't2'))).toEqual({ kind: 'busy', turnId: 't1' });
    world.time.now += LEASE_MS + 1;
    expect(await world.journal.begin(beginning(id, 't2'))).toEqual({ kind: 'unfinished', turnId: 't1' });
  });

  test('answers replay for a known idempotency key, also while that turn runs', async () => {
    const { id } = await begun('t1', { idempotencyKey: 'k' });
    const again = beginning(id, 't2', { idempotencyKey: 'k' });
    expect(await world.journal.begin(again)).toEqual({ kind: 'replay', turnId: 't1' });
    expect((await world.sessions().read(id))?.messages).toHaveLength(1);
  });

  test('repeated by the network changes nothing and answers the same', async () => {
    const { id, result } = await begun('t1', { idempotencyKey: 'k' });
    const repeated = await world.journal.begin(beginning(id, 't1', { idempotencyKey: 'k' }));
    expect(repeated).toEqual(result);
    expect((await world.sessions().read(id))?.messages).toHaveLength(1);
  });

  test('makes the session when asked to', async () => {
    const id = crypto.randomUUID();
    const result = await world.journal.begin(beginning(id, 't1', { createSession: newSession(id) }));
    expect(result).toMatchObject({ kind: 'begun', created: true });
    expect((await world.sessions().page({ limit: 100, before: null })).sessions.map(({ place }) => place.id)).toContain(
      id,
    );
  });

  test('of two at once lets exactly one in', async () => {
    const id = crypto.randomUUID();
    await world.sessions().create(newSession(id));
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((turn) => world.journal.begin(beginning(id, turn))));
    expect(results.map(({ kind }) => kind).sort()).toEqual(['begun', 'busy', 'busy', 'busy']);
  });

  test('reads no more history than the limit, of the session or of this turn', async () => {
    const { id, result } = await begun('t0');
    await world.journal.end(result.lease, { status: 'complete', message: message('t0', 'assistant', 'a'), rest: [] });
    for (let turn = 1; turn <= 7; turn++) {
      const next = await world.journal.begin(beginning(id, `t${turn}`));
      if (next.kind !== 'begun') throw new Error(next.kind);
      await world.journal.end(next.lease, {
        status: 'complete',
        message: message(`t${turn}`, 'assistant', 'a'),
        rest: [],
      });
    }
    const wide = await world.journal.begin(beginning(id, 't8'));
    if (wide.kind !== 'begun') throw new Error(wide.kind);
    expect(wide.history.map(({ position }) => position)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
    await world.journal.end(wide.lease, { status: 'complete', message: null, rest: [] });
    const narrow = await world.journal.begin(beginning(id, 't9', { options: { memoryLimit: 2, settings: {} } }));
    expect(narrow).toMatchObject({ history: [{ position: 16 }, { position: 17 }] });
  });
});

describe('append and end', () => {
  test('what was appended is read back in order, page after page, until the end', async () => {
    const { id, result } = await begun('t1');
    expect(await world.journal.append(result.lease, [delta(1), delta(2)])).toEqual({ held: true, stop: false });
    const first = await world.journal.read(id, 't1', null);
    expect(first).toMatchObject({ chunks: [delta(1), delta(2)], ended: null });
    await world.journal.append(result.lease, [delta(3)]);
    await world.journal.end(result.lease, {
      status: 'complete',
      message: message('t1', 'assistant', 'whole'),
      rest: [delta(4)],
    });
    const second = await world.journal.read(id, 't1', first?.cursor ?? null);
    expect(second).toMatchObject({ chunks: [delta(3), delta(4)], ended: 'complete' });
  });

  test('an append that the network repeats is written once', async () => {
    const { id, result } = await begun('t1');
    await world.journal.append(result.lease, [delta(1)]);
    await world.journal.append(result.lease, [delta(1)]);
    expect((await world.journal.read(id, 't1', null))?.chunks).toEqual([delta(1)]);
  });

  test('the end keeps the message with its place, frees the session, and repeated answers the same', async () => {
    const { id, result } = await begun('t1');
    const ending = { status: 'complete' as const, message: message('t1', 'assistant', 'answer'), rest: [delta(1)] };
    const ended = await world.journal.end(result.lease, ending);
    expect(ended).toMatchObject({ held: true, message: { position: 2, message: { parts: [{ text: 'answer' }] } } });
    expect(await world.journal.end(result.lease, ending)).toEqual(ended);
    const details = await world.sessions().read(id);
    expect(details?.messages.map(({ position }) => position)).toEqual([1, 2]);
    expect(details?.turn).toEqual({ id: 't1', door: 'own', state: 'ended', waiting: null });
  });

  test('a producer that lost its lease writes nothing more', async () => {
    const { id, result } = await begun('t1');
    world.time.now += LEASE_MS + 1;
    expect((await world.journal.claim(id, 't1', [])).kind).toBe('claimed');
    expect(await world.journal.append(result.lease, [delta(1)])).toEqual({ held: false });
    const late = { status: 'complete' as const, message: message('t1', 'assistant', 'late'), rest: [] };
    expect(await world.journal.end(result.lease, late)).toEqual({ held: false });
    expect((await world.sessions().read(id))?.messages).toHaveLength(1);
  });

  test('a deleted session takes the lease away and leaves nothing behind but the word that it was deleted', async () => {
    const { id, result } = await begun('t1');
    await world.journal.end(result.lease, {
      status: 'complete',
      message: message('t1', 'assistant', 'a'),
      rest: [delta(1)],
    });
    const second = await world.journal.begin(beginning(id, 't2'));
    if (second.kind !== 'begun') throw new Error(second.kind);
    await world.journal.append(second.lease, [delta(1)]);
    expect(await world.sessions().remove(id)).toBe(true);
    expect(await world.journal.append(second.lease, [delta(2)])).toEqual({ held: false });
    expect(await world.redis.keys(`*${id}*`)).toEqual([world.keys.deleted(id)]);
  });

  test('an append renews the lease', async () => {
    const { id, result } = await begun('t1');
    world.time.now += LEASE_MS - 1000;
    await world.journal.append(result.lease, []);
    world.time.now += LEASE_MS - 1000;
    expect(await world.journal.begin(beginning(id, 't2'))).toEqual({ kind: 'busy', turnId: 't1' });
  });
});

describe('cancel', () => {
  test('leaves the session as if the message had never been sent', async () => {
    const { id, result } = await begun('t1');
    await world.journal.end(result.lease, { status: 'complete', message: message('t1', 'assistant', 'a'), rest: [] });
    const before = await world.sessions().read(id);
    const next = await world.journal.begin(beginning(id, 't2', { idempotencyKey: 'k' }));
    if (next.kind !== 'begun') throw new Error(next.kind);
    await world.journal.cancel(next, 'k');
    expect(await world.sessions().read(id)).toEqual({ ...before, expiresAt: expect.any(Number) });
    const after = await world.journal.begin(beginning(id, 't3', { idempotencyKey: 'k' }));
    expect(after).toMatchObject({ kind: 'begun', userMessage: { position: 3 } });
  });

  test('takes back the session that was made for it, and its outbox entry', async () => {
    const id = crypto.randomUUID();
    const before = await world.redis.xlen(world.keys.outbox);
    const result = await world.journal.begin(beginning(id, 't1', { createSession: newSession(id) }));
    if (result.kind !== 'begun') throw new Error(result.kind);
    expect(await world.redis.xlen(world.keys.outbox)).toBe(before + 1);
    await world.journal.cancel(result, undefined);
    expect(await world.redis.keys(`*${id}*`)).toEqual([]);
    expect(await world.redis.xlen(world.keys.outbox)).toBe(before);
  });
});
