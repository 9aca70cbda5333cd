import { afterAll, beforeAll, expect, test } from 'vitest';
import { DOCUMENT_MAX_CHARACTERS } from '../../src/knowledge/knowledge-limits.ts';
import { ADMIN_TOKEN } from './issue-key.ts';
import { reader } from './knowledge-reader.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN });
});
afterAll(() => worker.close());
const visitor = () => reader(worker.url);

test('what is wrong with one document of several is told of it, and keeps no other back', async () => {
  const answer = await visitor().ingest([
    { source: 'a.txt', text: 'Something.' },
    { source: 'b.txt' },
    { source: 'c.txt', text: 'x'.repeat(DOCUMENT_MAX_CHARACTERS + 1) },
    { source: 'd.txt', text: 'Words.', library: '/etc' },
    { source: 'e.txt', text: ' \n ' },
    'nonsense',
  ]);
  const { documents, added, failed } = await answer.json();
  expect([answer.status, added, failed]).toEqual([200, 1, 5]);
  expect(
    documents.map(({ source, error }: { source: string; error?: { message: string } }) => [source, error?.message]),
  ).toEqual([
    ['a.txt', undefined],
    ['b.txt', expect.stringContaining('text: Field required')],
    ['c.txt', expect.stringContaining(`text: Too big: expected string to have <=${DOCUMENT_MAX_CHARACTERS}`)],
    ['d.txt', expect.stringContaining('library: must begin with')],
    ['e.txt', 'text: holds nothing to read.'],
    ['', expect.stringContaining('expected object')],
  ]);
});

const text = 'words';
test.each([
  ['POST', '/knowledge/documents', { source: 'a' }, 422, 'validation_error', /text: Field required/],
  ['POST', '/knowledge/documents', { text }, 422, 'validation_error', /source: Field required/],
  [
    'POST',
    '/knowledge/documents',
    { source: 'a.pdf', text },
    415,
    'unsupported_media_type',
    /text\/markdown, text\/plain or text\/html/,
  ],
  ['POST', '/knowledge/documents', [], 422, 'validation_error', /1 to 20/],
  [
    'POST',
    '/knowledge/documents',
    Array.from({ length: 21 }, () => ({ source: 'a', text })),
    422,
    'validation_error',
    /not 21/,
  ],
  ['POST', '/knowledge/documents', '{', 400, 'malformed_json', /JSON/],
  ['POST', '/knowledge/documents?shared=perhaps', { source: 'a', text }, 422, 'validation_error', /shared/],
  ['POST', '/knowledge/documents?shared=true', { source: 'a', text }, 401, 'missing_admin_token', /token/],
  ['POST', '/knowledge/search', {}, 422, 'validation_error', /query: Field required/],
  ['POST', '/knowledge/search', { query: 'x'.repeat(1001) }, 422, 'validation_error', /query/],
  ['POST', '/knowledge/search', { query: 'x', limit: 21 }, 422, 'validation_error', /limit/],
  ['POST', '/knowledge/search', { query: 'x', max_characters: 1e6 }, 422, 'validation_error', /max_characters/],
  ['POST', '/knowledge/search', { query: 'x', library: 'none' }, 404, 'library_not_found', /no library `none`/],
  ['GET', '/knowledge/documents/none', undefined, 404, 'document_not_found', /none/],
  ['GET', '/knowledge/documents/%00', undefined, 404, 'document_not_found', /./],
  ['GET', '/knowledge/documents?cursor=later', undefined, 422, 'validation_error', /cursor/],
  ['DELETE', '/knowledge/documents/none', undefined, 404, 'document_not_found', /none/],
])('%s %s %j is refused: %d %s', async (method, path, body, status, code, message) => {
  const response = await visitor().send(method, path, body);
  expect({ status: response.status, ...(await response.json()) }).toMatchObject({
    status,
    error: { code, message: expect.stringMatching(message) },
  });
});
