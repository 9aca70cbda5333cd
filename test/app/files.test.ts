import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ CORS_ORIGINS: 'https://app.example' });
});
afterAll(() => worker.close());

/** A visitor of their own, with the calls that `client` has and raw bodies. */
function visitor() {
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  const api = client(worker.url, { cookie });
  const put = (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    fetch(`${worker.url}/files/${path}`, { method: 'PUT', body, headers: { cookie, ...headers } });
  const json = async (path: string) => (await api.get(path)).json();
  const post = (path: string, body: unknown) => api.send('POST', path, body);
  return { ...api, put, post, json };
}

test('bytes come back as they were sent, with their type, and cannot act as a page of ours', async () => {
  const { put, get } = visitor();
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
  const written = await put('images/d%C3%A9j%C3%A0%20vu.png', bytes, { 'content-type': 'image/png' });
  expect(written.status).toBe(201);
  expect(await written.json()).toEqual({
    path: 'images/déjà vu.png',
    version: expect.any(Number),
    size_bytes: 70_000,
    media_type: 'image/png',
    updated_at: expect.stringMatching(/Z$/),
  });
  const read = await get('/files/images/d%C3%A9j%C3%A0%20vu.png');
  expect(read.headers.get('content-type')).toBe('image/png');
  expect(read.headers.get('etag')).toBe(written.headers.get('etag'));
  expect(read.headers.get('content-security-policy')).toContain('sandbox');
  expect(read.headers.get('x-content-type-options')).toBe('nosniff');
  expect(Buffer.from(await read.arrayBuffer()).equals(bytes)).toBe(true);
});

test('a file that has not changed is not sent again', async () => {
  const { put, get } = visitor();
  const etag = (await put('a.txt', 'one')).headers.get('etag') ?? '';
  expect((await get('/files/a.txt', { 'if-none-match': etag })).status).toBe(304);
  await put('a.txt', 'two');
  const changed = await get('/files/a.txt', { 'if-none-match': etag });
  expect([changed.status, await changed.text()]).toEqual([200, 'two']);
});

test('If-Match and If-None-Match protect what somebody else has written meanwhile', async () => {
  const { put, get, send } = visitor();
  const etag = (await put('a', 'one', { 'if-none-match': '*' })).headers.get('etag') ?? '';
  expect((await put('a', 'x', { 'if-none-match': '*' })).status).toBe(412);
  expect((await put('a', 'two', { 'if-match': etag })).status).toBe(200);
  const refused = await put('a', 'three', { 'if-match': etag });
  expect({ status: refused.status, ...(await refused.json()) }).toMatchObject({
    status: 412,
    error: { code: 'file_changed' },
  });
  expect((await send('DELETE', '/files/a', undefined, { 'if-match': etag })).status).toBe(412);
  expect((await put('b', 'x', { 'if-match': '*' })).status).toBe(412);
  expect((await put('a', 'x', { 'if-match': 'W/"1"' })).status).toBe(422);
  expect(await (await get('/files/a')).text()).toBe('two');
});

test('files are listed, searched, added to and moved', async () => {
  const { put, post, json } = visitor();
  for (const path of ['b/one.md', 'b/two.txt', 'a.md']) await put(path, `about ${path}\nTea time\n`);
  const paths = async (query: string) => {
    const { files, cursor } = await json(`/files${query}`);
    return [...files.map(({ path }: { path: string }) => path), cursor];
  };
  expect(await paths('')).toEqual(['a.md', 'b/one.md', 'b/two.txt', null]);
  expect(await paths('?limit=2')).toEqual(['a.md', 'b/one.md', 'b/one.md']);
  expect(await paths('?limit=2&cursor=b/one.md')).toEqual(['b/two.txt', null]);
  expect(await paths('?prefix=b/')).toEqual(['b/one.md', 'b/two.txt', null]);
  expect(await paths('?glob=*.md')).toEqual(['a.md', 'b/one.md', null]);
  expect(await (await post('/files/search', { query: 'tea', glob: 'b/*' })).json()).toEqual({
    matches: [
      { path: 'b/one.md', line: 2, text: 'Tea time' },
      { path: 'b/two.txt', line: 2, text: 'Tea time' },
    ],
    truncated: false,
  });
  expect((await post('/files/append', { path: 'a.md', content: 'bW9yZQ==', encoding: 'base64' })).status).toBe(200);
  expect((await post('/files/append', { path: 'new.md', content: 'x' })).status).toBe(201);
  expect((await post('/files/move', { from: 'a.md', to: 'b/one.md' })).status).toBe(409);
  expect((await post('/files/move', { from: 'a.md', to: 'c/a.md' })).status).toBe(200);
  expect(await paths('')).toEqual(['b/one.md', 'b/two.txt', 'c/a.md', 'new.md', null]);
});

test('an overwrite and a delete are taken back', async () => {
  const { put, post, get, send, json } = visitor();
  const { version } = await (await put('a', 'one')).json();
  await put('a', 'two');
  expect(await (await get(`/files/a?version=${version}`)).text()).toBe('one');
  expect(await json('/files/a?versions')).toMatchObject({ versions: [{ version, retired_at: expect.any(String) }] });
  expect((await send('DELETE', '/files/a')).status).toBe(204);
  expect((await get('/files/a')).status).toBe(404);
  expect((await post('/files/restore', { path: 'a' })).status).toBe(200);
  expect(await (await get('/files/a')).text()).toBe('two');
  await post('/files/restore', { path: 'a', version });
  expect(await (await get('/files/a')).text()).toBe('one');
});

test('files of somebody else are not there', async () => {
  const [owner, stranger] = [visitor(), visitor()];
  const { version } = await (await owner.put('private', 'mine')).json();
  const answers = await Promise.all([
    stranger.get('/files/private'),
    stranger.get(`/files/private?version=${version}`),
    stranger.send('DELETE', '/files/private'),
    stranger.post('/files/move', { from: 'private', to: 'taken' }),
    stranger.post('/files/restore', { path: 'private', version }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  expect(await stranger.json('/files')).toEqual({ files: [], cursor: null });
});

describe('is refused', () => {
  test.each([
    ['PUT', '/files/a%2F..%2F..%2Fb', 'x', 400, 'invalid_path'],
    ['PUT', '/files/a%5Cb', 'x', 400, 'invalid_path'],
    ['PUT', '/files/a%00', 'x', 400, 'invalid_path'],
    ['GET', '/files/%2Fetc%2Fpasswd', undefined, 400, 'invalid_path'],
    ['PUT', '/files/a', 'x'.repeat(4 * 1024 * 1024 + 1), 413, 'payload_too_large'],
    ['GET', '/files/none', undefined, 404, 'file_not_found'],
    ['GET', '/files/none?version=x', undefined, 422, 'validation_error'],
    ['DELETE', '/files/none', undefined, 404, 'file_not_found'],
    ['GET', '/files?limit=0', undefined, 422, 'validation_error'],
    ['GET', '/files?cursor=../x', undefined, 400, 'invalid_path'],
    ['GET', '/files?prefix=%00', undefined, 400, 'invalid_path'],
    ['GET', '/files?glob=%00', undefined, 422, 'validation_error'],
    ['POST', '/files/search', {}, 422, 'validation_error'],
    ['POST', '/files/search', '{', 400, 'malformed_json'],
    ['POST', '/files/append', { path: 'a', content: '#', encoding: 'base64' }, 422, 'validation_error'],
    ['POST', '/files/move', { from: 'none', to: 'x' }, 404, 'file_not_found'],
    ['POST', '/files/move', { from: 'a', to: '../x' }, 400, 'invalid_path'],
    ['POST', '/files/restore', { path: 'none' }, 404, 'version_not_found'],
  ])('%s %s with %.20j: %d %s', async (method, path, body, status, code) => {
    const response = await visitor().send(method, path, body);
    expect({ status: response.status, ...(await response.json()) }).toMatchObject({ status, error: { code } });
  });

  test('a media type that is none', async () => {
    expect((await visitor().put('a', 'x', { 'content-type': 'nonsense' })).status).toBe(422);
  });
});

test('a page of an allowed origin may write safely: it may send If-Match and read the ETag', async () => {
  const preflight = await fetch(`${worker.url}/files/a`, {
    method: 'OPTIONS',
    headers: {
      origin: 'https://app.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'if-match',
    },
  });
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(preflight.headers.get('access-control-allow-headers')).toContain('If-Match');
  const written = await visitor().put('a', 'x', { origin: 'https://app.example' });
  expect(written.headers.get('access-control-expose-headers')).toContain('ETag');
});
