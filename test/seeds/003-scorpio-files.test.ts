import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';

let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  worker = await startWorker();
  api = client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
});
afterAll(() => worker.close());

const success = (data: unknown) => ({ code: 0, msg: 'success', data });
const failure = (code: number, msg: unknown) => ({ detail: { code, msg, data: null } });

async function ask(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  const response = await api.send(method, path, body, headers);
  return { status: response.status, body: await response.json() };
}

describe('files', () => {
  const headers = { 'x-session-id': 'any' };
  const file = '/home/ubuntu/notes.txt';
  const text = 'one\ntwo {x}\nچهار\ntwo again\n';

  test('write, append, read lines, search', async () => {
    const written = await ask('POST', '/api/v1/files/write', { file, content: text }, headers);
    expect(written.body).toEqual(success({ file, bytes_written: Buffer.byteLength(text) }));
    await ask('POST', '/api/v1/files/write', { file, content: 'end', append: true }, headers);
    const read = await ask('POST', '/api/v1/files/read', { file }, headers);
    expect(read.body).toEqual(success({ content: `${text}end`, line_count: 5, file }));
    const lines = await ask('POST', '/api/v1/files/read', { file, start_line: 1, end_line: 3 }, headers);
    expect(lines.body.data.content).toBe('two {x}\nچهار\n');
    const found = await ask('POST', '/api/v1/files/search', { file, regex: 'tw[o]|چ\\S+' }, headers);
    expect(found.body).toEqual(
      success({
        file,
        matches: [
          { line_number: 2, line: 'two {x}', match: 'two' },
          { line_number: 3, line: 'چهار', match: 'چهار' },
          { line_number: 4, line: 'two again', match: 'two' },
        ],
        truncated: false,
      }),
    );
    // It is the workspace's file, under the same path.
    expect(await (await api.get('/files/home/ubuntu/notes.txt')).text()).toBe(`${text}end`);
  });

  test('an upload', async () => {
    const form = new FormData();
    form.append('file', new File(['id,name\n'], 'tea.csv', { type: 'text/csv' }));
    const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
    const response = await fetch(`${worker.url}/api/v1/files/upload`, {
      method: 'POST',
      body: form,
      headers: { cookie },
    });
    expect(await response.json()).toEqual(success({ file: 'tea.csv', filename: 'tea.csv', size: 8 }));
    expect(await (await client(worker.url, { cookie }).get('/files/tea.csv')).text()).toBe('id,name\n');
  });

  test('what is not there, what is no path, and what would never end', async () => {
    const missing = { file: '/etc/passwd', regex: 'root' };
    for (const verb of ['read', 'search'])
      expect(await ask('POST', `/api/v1/files/${verb}`, missing, headers)).toEqual({
        status: 404,
        body: failure(404, 'File not found'),
      });
    const outside = await ask('POST', '/api/v1/files/read', { file: '/../../etc/passwd' }, headers);
    expect(outside).toEqual({ status: 400, body: failure(400, expect.stringContaining('..')) });
    expect(await ask('POST', '/api/v1/files/read', { file })).toEqual({
      status: 400,
      body: failure(400, 'session_id header is required'),
    });
    const wrong = await ask('POST', '/api/v1/files/search', { file, regex: '(' }, headers);
    expect(wrong).toEqual({ status: 422, body: failure(422, expect.stringContaining('regex')) });
    await ask('POST', '/api/v1/files/write', { file: 'a.txt', content: `${'a'.repeat(60)}!` }, headers);
    const endless = await ask('POST', '/api/v1/files/search', { file: 'a.txt', regex: '^(a+)+$' }, headers);
    expect(endless).toEqual({ status: 422, body: failure(422, expect.stringContaining('takes too long')) });
  });
});
