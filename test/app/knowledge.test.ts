import { afterAll, beforeAll, expect, test } from 'vitest';
import { GUIDE, PERSIAN, reader } from './knowledge-reader.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());
const visitor = () => reader(worker.url);

test('documents are added, left alone, replaced and deleted, and each request says which', async () => {
  const api = visitor();
  const documents = [
    { source: 'guide.md', text: GUIDE },
    { source: 'راهنما.md', text: PERSIAN, title: 'راهنما' },
  ];
  const added = await api.ingest({ library: 'handbook', documents });
  expect([added.status, await added.json()]).toEqual([
    200,
    {
      documents: [
        { library: 'handbook', source: 'guide.md', outcome: 'added', id: expect.any(String), chunks: 3 },
        { library: 'handbook', source: 'راهنما.md', outcome: 'added', id: expect.any(String), chunks: 1 },
      ],
      added: 2,
      replaced: 0,
      unchanged: 0,
      failed: 0,
    },
  ]);
  expect(await (await api.ingest({ library: 'handbook', documents })).json()).toMatchObject({ unchanged: 2 });

  const changed = await api.ingest({ library: 'handbook', source: 'guide.md', text: '# Guide\n\nAll is new.' });
  const [{ id }] = (await changed.json()).documents;
  expect(await api.json('/knowledge/documents?library=handbook')).toMatchObject({
    documents: [{ id, title: 'Guide', chunks: 1, media_type: 'text/markdown', shared: false }, { title: 'راهنما' }],
    cursor: null,
  });
  expect(await api.json(`/knowledge/documents/${id}`)).toMatchObject({ text: '# Guide\n\nAll is new.' });
  expect(JSON.stringify(await api.search({ query: 'rotated keys ninety' }))).not.toContain('ninety days');
  expect(await api.json('/knowledge/libraries')).toMatchObject({
    libraries: expect.arrayContaining([
      expect.objectContaining({ name: 'handbook', documents: 2, chunks: 2, shared: false }),
    ]),
  });
  expect((await api.send('DELETE', `/knowledge/documents/${id}`)).status).toBe(204);
  expect((await api.send('DELETE', `/knowledge/documents/${id}`)).status).toBe(404);
});

test('a passage is found by a question in English and in Persian, and says where it stands', async () => {
  const api = visitor();
  await api.ingest([
    { library: 'en', source: 'guide.md', text: GUIDE },
    { library: 'fa', source: 'fa.md', text: PERSIAN },
  ]);
  const { results, ranking } = await api.search({ query: 'How do I rotate the key?', library: 'en', limit: 1 });
  expect(ranking).toBe('words_and_meaning');
  const [{ document_id, span, text, ...rest }] = results;
  expect(rest).toEqual({
    library: 'en',
    source: 'guide.md',
    title: 'Guide',
    media_type: 'text/markdown',
    headings: ['Guide', 'Keys'],
    score: 1,
  });
  const { text: whole } = await api.json(`/knowledge/documents/${document_id}`);
  expect(whole.slice(span.start, span.end)).toBe(text);
  expect(text).toContain('ninety days');
  // Arabic letter forms, and no half-space.
  expect(await api.search({ query: 'كليدها كي عوض مي شوند؟', limit: 1 })).toMatchObject({
    results: [{ source: 'fa.md' }],
  });
  const short = await api.search({ query: 'keys', limit: 5, max_characters: 100 });
  const texts: string[] = short.results.map((result: { text: string }) => result.text);
  expect(texts.length).toBeGreaterThan(0);
  expect(texts.join('').length).toBeLessThanOrEqual(100);
});

test('a document may be the body itself, or a file of a form', async () => {
  const api = visitor();
  const html = '<title>Page</title><h2>Opening hours</h2><p>We open at <b>nine</b>.</p>';
  const raw = await api.raw('/knowledge/documents?source=https%3A%2F%2Fexample.com%2Fa&library=web', html, 'text/html');
  expect([raw.status, await raw.json()]).toMatchObject([201, { added: 1 }]);
  const form = new FormData();
  form.set('library', 'files');
  form.append('file', new File(['Plain words about tea.'], 'tea.txt', { type: 'text/plain' }));
  form.append('file', new File(['%PDF-1.7'], 'book.pdf', { type: 'application/pdf' }));
  expect(await (await api.raw('/knowledge/documents', form)).json()).toMatchObject({
    documents: [
      { library: 'files', source: 'tea.txt', outcome: 'added' },
      { source: 'book.pdf', outcome: 'error', error: { code: 'unsupported_media_type' } },
    ],
    added: 1,
    failed: 1,
  });
  expect(await api.search({ query: 'when do you open', library: 'web' })).toMatchObject({
    results: [{ title: 'Page', headings: ['Opening hours'], text: 'Opening hours\n\nWe open at nine.' }],
  });
});
