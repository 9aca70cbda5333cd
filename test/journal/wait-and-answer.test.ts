import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../src/memory/question.ts';
import { beginning, journalUnderTest, message, newSession, OWNER } from './journal-under-test.ts';

let world: Awaited<ReturnType<typeof journalUnderTest>>;
beforeAll(async () => {
  world = await journalUnderTest();
});
afterAll(() => world.close());

const HOUR_MS = 3_600_000;
const question = (id: string) => ({ id, kind: 'approval' as const, tool_call_id: `call-${id}`, tool_name: 'pay' });
const yes = (id: string): Answer => ({ id, kind: 'approval', approved: true });

async function begun(turnId = 't1') {
  const id = crypto.randomUUID();
  await world.sessions().create(newSession(id));
  const held = await world.journal.begin(beginning(id, turnId));
  if (held.kind !== 'begun') throw new Error(`expected the turn to begin, got ${held.kind}`);
  return { id, held };
}

const asking = (ids: string[]) => ({
  message: message('t1', 'assistant', 'May I?'),
  questions: ids.map(question),
  expiresAt: world.time.now + HOUR_MS,
  rest: [{ seq: 1, chunk: { type: 'text-delta' as const, id: 't', delta: 'May I?' } }],
});

async function waiting(...ids: string[]) {
  const { id, held } = await begun();
  const wait = asking(ids);
  const result = await world.journal.wait(held, wait);
  return { id, held, wait, result };
}

describe('wait', () => {
  test('keeps the message and what is asked, frees the producer, and says so at the end of the journal', async () => {
    const { id, held, result } = await waiting('a', 'b');
    expect(result).toMatchObject({ held: true, stop: false, message: { position: 2 } });
    const stored = await world.sessions().read(id);
    expect(stored?.turn).toMatchObject({
      id: 't1',
      state: 'awaiting',
      waiting: { questions: ['a', 'b'].map(question) },
    });
    expect(stored?.messages).toHaveLength(2);
    const page = await world.journal.read(id, 't1', null);
    expect(page).toMatchObject({ waiting: true, chunks: [{ seq: 1 }] });
    expect(await world.journal.append(held.lease, [])).toEqual({ held: false });
    expect(await world.journal.claim(id, 't1', [])).toEqual({ kind: 'awaiting' });
  });

  test('repeated by the network answers the same and keeps one message', async () => {
    const { id, held, wait, result } = await waiting('a');
    expect(await world.journal.wait(held, wait)).toEqual(result);
    expect((await world.sessions().read(id))?.messages).toHaveLength(2);
  });

  test('a turn that somebody wants stopped does not begin to wait', async () => {
    const { id, held } = await begun();
    await world.journal.stop(id, OWNER);
    expect(await world.journal.wait(held, asking(['a']))).toEqual({ held: true, stop: true });
    expect((await world.sessions().read(id))?.messages).toHaveLength(1);
  });

  test('a producer that lost its lease keeps nothing', async () => {
    const { id, held } = await begun();
    world.time.now += 60_000;
    expect(await world.journal.claim(id, 't1', [])).toMatchObject({ kind: 'claimed', lease: { epoch: 2 } });
    expect(await world.journal.wait(held, asking(['a']))).toEqual({ held: false });
  });
});

describe('answer', () => {
  test('with the last answer the turn can be claimed, once, and the claimer gets all of them', async () => {
    const { id } = await waiting('a', 'b');
    expect(await world.journal.answer(id, OWNER, [yes('b')])).toEqual({ kind: 'open', turnId: 't1', seq: 1, left: 1 });
    expect(await world.journal.claim(id, 't1', [])).toEqual({ kind: 'awaiting' });
    expect(await world.journal.answer(id, OWNER, [yes('a')])).toEqual({ kind: 'ready', turnId: 't1', seq: 1, left: 0 });
    const [one, two] = await Promise.all([world.journal.claim(id, 't1', []), world.journal.claim(id, 't1', [])]);
    expect([one.kind, two.kind].toSorted()).toEqual(['claimed', 'held']);
    const claimed = one.kind === 'claimed' ? one : two;
    expect(claimed).toMatchObject({ answers: [yes('b'), yes('a')], unanswered: false, lease: { epoch: 2 } });
  });

  test('all are taken or none', async () => {
    const { id } = await waiting('a', 'b');
    expect(await world.journal.answer(id, OWNER, [yes('a'), yes('c')])).toEqual({ kind: 'unknown', id: 'c' });
    expect(await world.journal.answer(id, OWNER, [yes('a'), yes('b')])).toMatchObject({ kind: 'ready', left: 0 });
  });

  test('each is taken once, also of many that come at the same moment', async () => {
    const { id } = await waiting('a', 'b');
    const results = await Promise.all(Array.from({ length: 5 }, () => world.journal.answer(id, OWNER, [yes('a')])));
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['closed', 'closed', 'closed', 'closed', 'open']);
  });

  test('a question of another kind is not known, and after its time none is answered', async () => {
    const { id } = await waiting('a');
    const other: Answer = { id: 'a', kind: 'elicitation', rest: { action: 'accept' } };
    expect(await world.journal.answer(id, OWNER, [other])).toEqual({ kind: 'unknown', id: 'a' });
    world.time.now += HOUR_MS;
    expect(await world.journal.answer(id, OWNER, [yes('a')])).toEqual({ kind: 'expired', id: 'a', turnId: 't1' });
    expect(await world.journal.claim(id, 't1', [])).toMatchObject({ kind: 'claimed', unanswered: true, answers: [] });
  });

  test('somebody else’s session is missing, as one that is not there', async () => {
    const id = crypto.randomUUID();
    await world.sessions('user:ann').create(newSession(id, 'user:ann'));
    const held = await world.journal.begin(beginning(id, 't1', { owner: 'user:ann' }));
    if (held.kind !== 'begun') throw new Error(held.kind);
    await world.journal.wait(held, asking(['a']));
    expect(await world.journal.answer(id, 'user:bob', [yes('a')])).toEqual({ kind: 'missing' });
    expect(await world.journal.answer('nowhere', OWNER, [yes('a')])).toEqual({ kind: 'missing' });
    expect(await world.journal.answer(id, 'user:ann', [yes('a')])).toMatchObject({ kind: 'ready' });
  });

  test('a turn that waits no longer is closed', async () => {
    const { id } = await waiting('a');
    const claimed = await world.journal.claim(id, 't1', [], true);
    expect(claimed).toMatchObject({ kind: 'claimed', unanswered: true });
    expect(await world.journal.answer(id, OWNER, [yes('a')])).toMatchObject({ kind: 'closed', turnId: 't1' });
  });
});
