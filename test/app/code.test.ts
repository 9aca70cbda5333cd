import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeStatesOf } from './archived-messages.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

function visitor() {
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  const api = client(worker.url, { cookie });
  return {
    ...api,
    cookie,
    run: async (code: unknown, session?: string) => (await api.send('POST', '/code/execute', { code, session })).json(),
  };
}

async function mcp(cookie: string): Promise<Client> {
  const connected = new Client({ name: 'test', version: '1' });
  const address = new URL(`${worker.url}/mcp/code`);
  await connected.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers: { cookie } } }));
  return connected;
}

test('code runs in workerd, keeps its session, and uses the files of the caller', async () => {
  const api = visitor();
  const first =
    'let n: number = 41; console.warn("hm"); await files.write("out/a.txt", "from code"); display.svg("<svg/>"); ++n';
  expect(await api.run(first, 's')).toEqual({
    stdout: '',
    stderr: 'hm',
    value: '42',
    error: null,
    pictures: [{ media_type: 'image/svg+xml', base64: btoa('<svg/>') }],
    session: 's',
    runs: 1,
    note: null,
  });
  expect(await (await api.get('/files/out/a.txt')).text()).toBe('from code');
  expect(await api.run('n', 's')).toMatchObject({ value: '42', runs: 2 });
  expect(await api.run('typeof n', 'other')).toMatchObject({ value: '"undefined"', runs: 1 });
  expect(await visitor().run('typeof n', 's')).toMatchObject({ value: '"undefined"', runs: 1 });
  expect(await api.run('await files.write("../x", "")')).toMatchObject({
    error: { name: 'Error', message: expect.stringContaining('path'), cut_off: false },
  });
  expect(await api.run('\nnull.x')).toMatchObject({ error: { name: 'TypeError', stack: 'at <eval> (cell1:2:5)' } });
});

test.each([
  [{}, 'code'],
  [{ code: 7 }, 'code'],
  [{ code: '' }, 'code'],
  [{ code: 'x'.repeat(100_001) }, 'code'],
  [{ code: '1', session: 's'.repeat(201) }, 'session'],
])('%j is refused and names %s', async (body, field) => {
  const answer = await visitor().send('POST', '/code/execute', body);
  expect(answer.status).toBe(422);
  expect((await answer.json()).error).toMatchObject({
    code: 'validation_error',
    message: expect.stringContaining(field),
  });
});

test('the tool answers a client of MCP, whose session is its own', async () => {
  const { cookie, run } = visitor();
  const tool = await mcp(cookie);
  const call = (input: Record<string, unknown>) => tool.callTool({ name: 'code_interpreter', arguments: input });
  expect(await call({ code: 'const a = 2; console.log("said"); chart.bar([1, 2]); a', session: 's' })).toMatchObject({
    structuredContent: { stdout: 'said', result_repr: '2', error: '', runs: 1, display_data: [{}] },
    content: [{ text: 'said' }, { text: '2' }, { type: 'image', mimeType: 'image/svg+xml' }],
  });
  expect(await run('a', 's')).toMatchObject({ value: '2', runs: 2 });
  const failed = await call({ code: 'nothing.here' });
  expect(failed).toMatchObject({
    isError: true,
    structuredContent: { error: expect.stringContaining('ReferenceError') },
  });
  expect(JSON.stringify(await call({ code: 7 }))).toContain('code');
  await tool.close();
});

test('a chat has a session of its own, in every format, and no argument reaches into another', async () => {
  const api = visitor();
  const id = await api.newSession();
  const say = async (input: object, accept = 'application/json') =>
    (
      await api.send(
        'POST',
        `/sessions/${id}/messages`,
        { content: `use the tool code_interpreter with ${JSON.stringify(input)}` },
        { accept },
      )
    ).text();
  expect(await say({ code: 'let total = 20; total + 1' })).toContain('21');
  expect(await say({ code: 'total * 2', session: 'elsewhere' })).toContain('40');
  expect(await api.run('typeof total', id)).toMatchObject({ value: '"undefined"' });
  const lines = await say({ code: 'display.image("iVBORw0KGgo=", "image/png"); total' }, 'application/x-ndjson');
  const variants = lines
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(new Set(variants.map(({ variant }) => variant))).toEqual(
    new Set(['ServerHint', 'Code', 'CodeOutput', 'Image', 'Assistant', 'StreamEnd']),
  );
  expect(variants.find(({ variant }) => variant === 'CodeOutput').content).toBe('\n20');
  expect(variants.find(({ variant }) => variant === 'Image').content).toBe('iVBORw0KGgo=');
  expect(await say({ code: 'missing()' }, 'application/x-ndjson')).toContain('ReferenceError');
  expect(await say({ source: 1 })).toMatch(/code/);
});

test('a session that is deleted takes its code state with it', async () => {
  const api = visitor();
  const id = await api.newSession();
  const content = 'use the tool code_interpreter with {"code":"let kept = 1"}';
  await (await api.send('POST', `/sessions/${id}/messages`, { content })).text();
  expect(await codeStatesOf(id)).toBe(1);
  expect((await api.send('DELETE', `/sessions/${id}`)).status).toBe(204);
  expect(await codeStatesOf(id)).toBe(0);
});
