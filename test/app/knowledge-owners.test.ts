import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN } from './issue-key.ts';
import { GUIDE, reader } from './knowledge-reader.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN });
});
afterAll(() => worker.close());
const visitor = () => reader(worker.url);

test('documents of somebody else are not there', async () => {
  const owner = visitor();
  const [{ id }] = (await (await owner.ingest({ library: 'secret', source: 'a.md', text: GUIDE })).json()).documents;
  const stranger = visitor();
  const missing = await (await stranger.get('/knowledge/documents/none')).json();
  const foreign = await stranger.get(`/knowledge/documents/${id}`);
  expect([foreign.status, (await foreign.json()).error]).toEqual([
    404,
    { ...missing.error, message: missing.error.message.replace('none', id) },
  ]);
  expect((await stranger.send('DELETE', `/knowledge/documents/${id}`)).status).toBe(404);
  expect((await stranger.search({ query: 'keys', library: 'secret' })).error.code).toBe('library_not_found');
  expect(await stranger.search({ query: 'invoices monthly' })).not.toMatchObject({ results: [{ document_id: id }] });
  expect(await stranger.json('/knowledge/documents?library=secret')).toEqual({ documents: [], cursor: null });
  expect((await owner.get(`/knowledge/documents/${id}`)).status).toBe(200);
});

test('what an administrator shares is read by all, and changed by none of them', async () => {
  const library = `shared ${crypto.randomUUID()}`;
  const admin = { 'x-admin-token': ADMIN_TOKEN };
  const document = { library, source: 'zeppelin.md', text: '# Zeppelins\n\nZeppelins are moored at dusk.' };
  const wrong = await visitor().ingest(document, '/knowledge/documents?shared=true', { 'x-admin-token': 'no' });
  expect(wrong.status).toBe(401);
  const shared = await visitor().ingest(document, '/knowledge/documents?shared=true', admin);
  const [{ id }] = (await shared.json()).documents;
  const other = visitor();
  expect(await other.json('/knowledge/libraries')).toMatchObject({
    libraries: expect.arrayContaining([expect.objectContaining({ name: library, shared: true })]),
  });
  expect(await other.search({ query: 'when are zeppelins moored?', library })).toMatchObject({
    results: [{ document_id: id }],
  });
  expect((await other.get(`/knowledge/documents/${id}`)).status).toBe(200);
  expect((await other.send('DELETE', `/knowledge/documents/${id}`)).status).toBe(404);
  const removed = await other.send('DELETE', `/knowledge/documents/${id}?shared=true`, undefined, admin);
  expect(removed.status).toBe(204);
});
