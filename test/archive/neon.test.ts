import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArchiveEntry } from '../../src/archive/archive.ts';
import { neonArchive } from '../../src/archive/neon.ts';
import type { Database } from '../../src/archive/neon-database.ts';
import { messages, sessions } from '../../src/archive/tables.ts';
import { openTestDatabase } from './database-under-test.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

/** The database may be one that has seen this suite before. */
const run = crypto.randomUUID();
const sessionId = (name: string) => `${run} ${name}`;

type MessageEntry = Extract<ArchiveEntry, { kind: 'message' }>;

function entry(
  session: string,
  position: number,
  { text = 'hello', title = 'A title', revision = 0 } = {},
): MessageEntry {
  return {
    kind: 'message',
    session: {
      id: sessionId(session),
      owner: 'anonymous:abc',
      title,
      metadata: { from: 'test' },
      memoryLimit: 10,
      memoryTokens: null,
      systemPrompt: 'Be brief.',
      prompt: null,
      model: 'demo',
      mcpServers: ['tasks'],
      createdAt: Date.parse('2026-11-21T10:00:00Z'),
      revision,
    },
    message: {
      v: 1,
      id: `m${position}`,
      turn_id: 't1',
      position,
      status: 'complete',
      model: position % 2 === 0 ? 'demo' : null,
      usage: position % 2 === 0 ? { inputTokens: 3, outputTokens: 4, totalTokens: 7 } : null,
      created_at: `2026-11-21T10:00:0${position}.000Z`,
      message: {
        id: `m${position}`,
        role: position % 2 === 0 ? 'assistant' : 'user',
        parts: [{ type: 'text', text }],
      },
    },
  };
}

const deleted = (session: string): ArchiveEntry => ({
  kind: 'session-deleted',
  sessionId: sessionId(session),
  deletedAt: Date.parse('2026-11-21T11:00:00Z'),
  onDelete: 'erase',
});
const write = (...entries: ArchiveEntry[]) => neonArchive(database).write(entries);
const readSession = async (id: string) =>
  (
    await database
      .select()
      .from(sessions)
      .where(sql`id = ${sessionId(id)}`)
  )[0];
const readMessages = (id: string) =>
  database
    .select()
    .from(messages)
    .where(sql`session_id = ${sessionId(id)}`)
    .orderBy(messages.position);

test('keeps every field of a session and of its messages', async () => {
  const question = entry('whole', 1);
  const answer = entry('whole', 2, { text: 'سلام' });
  await write(question, answer);

  expect(await readSession('whole')).toEqual({
    ...question.session,
    createdAt: new Date('2026-11-21T10:00:00Z'),
    lastActivityAt: new Date('2026-11-21T10:00:02Z'),
    deletedAt: null,
    deletion: null,
  });
  const [first, second] = await readMessages('whole');
  expect(first).toMatchObject({ id: 'm1', role: 'user', model: null, usage: null, message: question.message.message });
  expect(second).toMatchObject({
    v: 1,
    turnId: 't1',
    position: 2,
    role: 'assistant',
    status: 'complete',
    model: 'demo',
    usage: answer.message.usage,
    createdAt: new Date('2026-11-21T10:00:02Z'),
    message: answer.message.message,
  });
});

test('an entry that is delivered twice is there once', async () => {
  await write(entry('twice', 1));
  const before = [await readSession('twice'), await readMessages('twice')];
  await write(entry('twice', 1), entry('twice', 1));
  expect([await readSession('twice'), await readMessages('twice')]).toEqual(before);
});

test('an entry that arrives late does not bring back an older title or an earlier activity', async () => {
  await write(entry('late', 3, { title: 'New', revision: 1 }));
  await write(entry('late', 1, { title: 'Old' }));
  expect(await readSession('late')).toMatchObject({ title: 'New', lastActivityAt: new Date('2026-11-21T10:00:03Z') });
  expect((await readMessages('late')).map(({ position }) => position)).toEqual([1, 3]);
});

test('a message id may be used in two sessions', async () => {
  await write(entry('one', 1), entry('two', 1));
  expect([await readMessages('one'), await readMessages('two')].map((rows) => rows.length)).toEqual([1, 1]);
});

test('a deleted session keeps nothing but its id, and later deliveries do not bring it back', async () => {
  await write(entry('gone', 1), deleted('gone'));
  await write(entry('gone', 2));
  await write({ ...deleted('gone'), deletedAt: Date.parse('2026-11-21T12:00:00Z') } as ArchiveEntry);

  expect(await readSession('gone')).toEqual({
    id: sessionId('gone'),
    owner: null,
    title: null,
    metadata: {},
    memoryLimit: null,
    memoryTokens: null,
    systemPrompt: null,
    prompt: null,
    model: null,
    mcpServers: null,
    createdAt: null,
    lastActivityAt: null,
    deletedAt: new Date('2026-11-21T11:00:00Z'),
    deletion: 'erase',
    revision: 0,
  });
  expect(await readMessages('gone')).toEqual([]);
});

test('a deletion that overtakes its messages still wins', async () => {
  await write(deleted('overtaken'));
  await write(entry('overtaken', 1), entry('overtaken', 2));
  expect(await readMessages('overtaken')).toEqual([]);
  expect(await readSession('overtaken')).toMatchObject({ title: null, owner: null });
});

test('NUL characters and lone surrogates are replaced, in keys too', async () => {
  const odd = entry('odd', 1, { text: 'a\u0000b \ud800 c', title: 'x\u0000' });
  odd.session.metadata = { 'k\u0000': ['v\u0000', 1, null] };
  await write(odd);
  const [message] = await readMessages('odd');
  expect(message?.message.parts).toEqual([{ type: 'text', text: 'a\uFFFDb \uFFFD c' }]);
  expect(await readSession('odd')).toMatchObject({ title: 'x\uFFFD', metadata: { 'k\uFFFD': ['v\uFFFD', 1, null] } });
});

test('writers of one session that run side by side lose nothing', async () => {
  const positions = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  await Promise.all(positions.map((position) => write(entry('crowd', position), entry('crowd', 1))));
  expect((await readMessages('crowd')).map(({ position }) => position)).toEqual(positions);
  expect(await readSession('crowd')).toMatchObject({ lastActivityAt: new Date('2026-11-21T10:00:09Z') });
});

test('a session that is deleted while messages arrive stays empty', async () => {
  await write(entry('race', 1));
  const late = [2, 3, 4, 5, 6, 7, 8].map((position) => write(entry('race', position)));
  await Promise.all([...late, write(deleted('race'))]);
  expect(await readMessages('race')).toEqual([]);
  expect(await readSession('race')).toMatchObject({ owner: null, title: null });
});

test('all entries of a call are written, or none', async () => {
  const broken = entry('broken', 2);
  broken.message.position = 2 ** 40;
  await expect(write(entry('broken', 1), broken)).rejects.toMatchObject({ code: 'archive_unavailable' });
  expect(await readMessages('broken')).toEqual([]);
});
