import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashEmbedding } from '../../local/model/hash-embedding.ts';
import { openServices } from '../../local/open-services.ts';
import { openDatabase, type Database } from '../../src/archive/neon-database.ts';
import type { Embedder } from '../../src/knowledge/embedder.ts';
import { neonKnowledge } from '../../src/knowledge/neon.ts';
import { openKnowledge } from '../../src/knowledge/open-knowledge.ts';
import { Secret } from '../../src/secret.ts';
import { QUESTIONS, SECTIONS } from './labelled-set.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  // Debian's PostgreSQL has no pgvector, so this is always PGlite.
  const services = await openServices({}, new Set(['postgres']));
  const { postgres } = services;
  if (!postgres) throw new Error('The local Postgres did not start.');
  const opened = openDatabase({ DATABASE_URL: new Secret(postgres.url), NEON_FETCH_ENDPOINT: postgres.endpoint });
  if (!opened) throw new Error('There is no database.');
  [database, close] = [opened, () => services.close()];
}, 60_000);
afterAll(() => close());

function testEmbedder() {
  let calls = 0;
  const embedder: Embedder = {
    id: 'test',
    async embed(texts) {
      calls += 1;
      return texts.map((text) => hashEmbedding(text));
    },
  };
  return { embedder, calls: () => calls };
}

function open(embedder: Embedder | null, owner = `test ${crypto.randomUUID()}`) {
  const failures: unknown[] = [];
  const store = neonKnowledge(database, owner);
  const onFailure = (error: unknown) => void failures.push(error);
  return { ...openKnowledge({ store, embedder, newId: () => crypto.randomUUID(), onFailure }), failures };
}

const document = { library: 'a', source: 'a.md', text: '# Keys\n\nRotate them.' };
const question = { question: 'rotating keys', libraries: null, limit: 5, maxCharacters: 10_000 };

/** What was measured on this set (29 of 30, and all), so that a change that finds less is seen. */
const WORDS_FLOOR = 29 / 30;
const MERGED_FLOOR = 1;

async function recallAt5(embedder: Embedder | null): Promise<{ recall: number; missed: string[] }> {
  const knowledge = open(embedder);
  await knowledge.ingest(
    Object.entries(SECTIONS).map(([name, text]) => ({ library: 'handbook', source: `${name}.md`, text })),
  );
  const missed: string[] = [];
  for (const [asked, section] of QUESTIONS) {
    const { results } = await knowledge.search({ ...question, question: asked });
    if (!results.some(({ source }) => source === `${section}.md`)) missed.push(asked);
  }
  return { recall: 1 - missed.length / QUESTIONS.length, missed };
}

test('of the labelled questions, words alone find the right section among the first five for nearly all', async () => {
  const { recall, missed } = await recallAt5(null);
  expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(WORDS_FLOOR);
}, 60_000);

test('merged with the test embedding, which knows spelling only, more of them', async () => {
  const { recall, missed } = await recallAt5(testEmbedder().embedder);
  expect(recall, missed.join('\n')).toBeGreaterThanOrEqual(MERGED_FLOOR);
}, 60_000);

test('an unchanged document costs neither an embedding nor a write', async () => {
  const { embedder, calls } = testEmbedder();
  const knowledge = open(embedder);
  await knowledge.ingest([document]);
  const [before] = await knowledge.documents({ library: null, limit: 1, offset: 0 });
  expect(await knowledge.ingest([document])).toMatchObject([{ outcome: 'unchanged' }]);
  expect([calls(), await knowledge.documents({ library: null, limit: 1, offset: 0 })]).toEqual([1, [before]]);
  expect(await knowledge.ingest([{ ...document, title: 'Other' }])).toMatchObject([{ outcome: 'replaced' }]);
  expect(calls()).toBe(2);
});

test('two who write one document at once leave it once, with the chunks of one of them', async () => {
  const owner = `test ${crypto.randomUUID()}`;
  const versions = Array.from({ length: 6 }, (_, index) => ({
    ...document,
    text: `# V${index}\n\n${'word '.repeat(index * 600)}.`,
  }));
  await Promise.all(versions.map((version) => open(null, owner).ingest([version])));
  const result =
    await database.execute(sql`select count(distinct document.id)::int as documents, count(*)::int as chunks,
    min(document.chunks)::int as promised from knowledge_documents document
    join knowledge_chunks chunk on chunk.document_id = document.id where document.owner = ${owner}`);
  const [row] = result.rows;
  expect(row).toEqual({ documents: 1, chunks: row?.['promised'], promised: row?.['promised'] });
});

test('an embedding model that fails costs a search its second ranking and a document its place', async () => {
  const owner = `test ${crypto.randomUUID()}`;
  await open(null, owner).ingest([document]);
  const broken = open({ id: 'broken', embed: () => Promise.reject(new Error('away')) }, owner);
  expect(await broken.search(question)).toMatchObject({ ranking: 'words', results: [{ source: 'a.md' }] });
  expect(broken.failures).toHaveLength(1);
});

test('a database without pgvector is searched by words, and says what a configured model lacks', async () => {
  await database.execute(sql`alter table knowledge_chunks rename column embedding to embedding_away`);
  try {
    const words = open(null);
    expect(await words.ingest([document])).toMatchObject([{ outcome: 'added' }]);
    expect((await words.search(question)).results).toHaveLength(1);
    const both = open(testEmbedder().embedder);
    const [refused] = await both.ingest([document]);
    expect(refused).toMatchObject({
      error: { code: 'configuration_error', message: expect.stringContaining('pgvector') },
    });
    expect(await both.search(question)).toMatchObject({ ranking: 'words' });
  } finally {
    await database.execute(sql`alter table knowledge_chunks rename column embedding_away to embedding`);
  }
});
