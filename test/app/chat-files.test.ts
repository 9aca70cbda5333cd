import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
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
  const put = (path: string, body: string) => api.send('PUT', `/files/${path}`, body, { 'content-type': 'text/plain' });
  const json = async (path: string) => (await api.get(path)).json();
  const post = (path: string, body: unknown) => api.send('POST', path, body);
  return { ...api, put, post, json };
}

/** Calls a tool from a turn of the chat. */
function callFrom({ say }: Pick<ReturnType<typeof visitor>, 'say'>, id: string) {
  return async (name: string, input: object) => {
    const reply = await (await say(id, `use the tool ${name} with ${JSON.stringify(input)}`)).json();
    return reply.tool_calls;
  };
}

test("a chat turn's tools work in the folder of the chat, which HTTP shows", async () => {
  const api = visitor();
  const id = await api.newSession();
  const call = callFrom(api, id);
  expect(await call('write_file', { path: 'notes/plan.md', content: '# Plan\nBuy tea\n' })).toMatchObject([
    { name: 'write_file', arguments: { path: 'notes/plan.md' }, error: null },
  ]);
  const read = await api.get(`/files/sessions/${id}/notes/plan.md`);
  expect([read.headers.get('content-type'), await read.text()]).toEqual(['text/markdown', '# Plan\nBuy tea\n']);
  expect(JSON.stringify(await call('read_file', { path: 'notes/plan.md' }))).toContain('Buy tea');
  expect(JSON.stringify(await call('append_file', { path: 'notes/plan.md', content: 'Buy milk\n' }))).toContain(
    '"size',
  );
  expect(JSON.stringify(await call('search_files', { query: 'tea' }))).toContain('\\"path\\":\\"notes/plan.md');
  await call('move_file', { path: 'notes/plan.md', new_path: 'plan.md' });
  expect(JSON.stringify(await call('list_files', {}))).toContain('\\"path\\":\\"plan.md');
  await call('delete_file', { path: 'plan.md' });
  expect(await api.json('/files')).toMatchObject({ files: [] });
  await call('restore_file', { path: 'plan.md' });
  expect(await api.json('/files')).toMatchObject({ files: [{ path: `sessions/${id}/plan.md`, size_bytes: 24 }] });
});

test('chats share what is below shared/, and do not see the folders of each other', async () => {
  const api = visitor();
  await api.put('tea.md', 'Tea for all\n');
  const [one, other] = [await api.newSession(), await api.newSession()];
  const [inOne, inOther] = [callFrom(api, one), callFrom(api, other)];
  await inOne('write_file', { path: 'own.md', content: 'Tea for one\n' });
  await inOne('move_file', { path: 'own.md', new_path: 'shared/moved.md' });
  await inOne('write_file', { path: 'secret.md', content: 'Tea for nobody\n' });
  const listed = JSON.stringify(await inOther('list_files', {}));
  for (const path of ['shared/tea.md', 'shared/moved.md']) expect(listed).toContain(path);
  expect(listed).not.toContain('secret');
  expect(JSON.stringify(await inOther('search_files', { query: 'tea' }))).not.toContain('nobody');
  expect(JSON.stringify(await inOther('read_file', { path: 'shared/moved.md' }))).toContain('Tea for one');
  expect(JSON.stringify(await inOther('read_file', { path: 'secret.md' }))).toContain('There is no file');
  const reached = await inOther('read_file', { path: `shared/sessions/${one}/secret.md` });
  expect(JSON.stringify(reached)).toContain('must not be below');
});

test('code that a chat runs works in the folder of the chat', async () => {
  const api = visitor();
  const id = await api.newSession();
  await callFrom(api, id)('code_interpreter', { code: "await files.write('data.csv', 'a,b')" });
  expect(await (await api.get(`/files/sessions/${id}/data.csv`)).text()).toBe('a,b');
});

test('a deleted session takes its folder along, earlier states too, and nothing else', async () => {
  const api = visitor();
  const [id, other] = [await api.newSession(), await api.newSession()];
  await api.put('shared.md', 'x');
  for (const chat of [id, other]) await callFrom(api, chat)('write_file', { path: 'a.md', content: 'one' });
  const { version } = await (await api.put(`sessions/${id}/a.md`, 'two')).json();
  expect((await api.send('DELETE', `/sessions/${id}`)).status).toBe(204);
  const left = await api.json('/files');
  expect(left.files.map(({ path }: { path: string }) => path)).toEqual([`sessions/${other}/a.md`, 'shared.md']);
  expect((await api.get(`/files/sessions/${id}/a.md?version=${version}`)).status).toBe(404);
  expect((await api.post('/files/restore', { path: `sessions/${id}/a.md` })).status).toBe(404);
});

test('where deleted sessions are kept, their files are too', async () => {
  const keeping = await startWorker({ HISTORY_ON_DELETE: 'keep' });
  onTestFinished(() => keeping.close());
  const api = client(keeping.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
  const id = await api.newSession();
  await api.say(id, 'use the tool write_file with {"path":"a.md","content":"one"}');
  expect((await api.send('DELETE', `/sessions/${id}`)).status).toBe(204);
  expect(await (await api.get(`/files/sessions/${id}/a.md`)).text()).toBe('one');
});

test.each([
  ['write_file', { path: '../x', content: 'x' }, 'must not hold'],
  ['append_file', { path: 'x', content: '#', encoding: 'base64' }, 'is not base64'],
  ['read_file', { path: 'none' }, 'There is no file'],
  ['list_files', { prefix: '/a' }, 'must be relative'],
  ['search_files', { query: '' }, 'query'],
  ['move_file', { path: 'none', new_path: 'x' }, 'There is no file'],
  ['delete_file', { path: 'none' }, 'There is no file'],
  ['restore_file', { path: 'none' }, 'There is no earlier state'],
])('a turn is told what is wrong with %s of %j', async (name, input, sentence) => {
  const api = visitor();
  expect(JSON.stringify(await callFrom(api, await api.newSession())(name, input))).toContain(sentence);
});
