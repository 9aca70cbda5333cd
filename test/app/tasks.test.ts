import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

const visitor = () => client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` });
type Api = ReturnType<typeof client>;

async function add(api: Api, title: string): Promise<number> {
  const response = await api.send('POST', '/tasks', { title });
  expect(response.status).toBe(201);
  return (await response.json()).id;
}

test('a task is made, read, changed and deleted', async () => {
  const api = visitor();
  const created = await api.send('POST', '/tasks', { title: ' Buy milk ', description: 'two litres' });
  expect(created.status).toBe(201);
  const task = await created.json();
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(task).toEqual({
    id: expect.any(Number),
    title: 'Buy milk',
    description: 'two litres',
    completed: false,
    created_at: time,
    updated_at: time,
  });
  expect(await (await api.get(`/tasks/${task.id}`)).json()).toEqual(task);
  const change = async (body: unknown) => (await api.send('PATCH', `/tasks/${task.id}`, body)).json();
  expect(await change({ completed: true })).toMatchObject({ title: 'Buy milk', completed: true });
  expect(await change({ title: 'Buy tea', description: null })).toMatchObject({
    title: 'Buy tea',
    description: null,
    completed: true,
  });
  expect((await api.send('DELETE', `/tasks/${task.id}`)).status).toBe(204);
  expect((await api.get(`/tasks/${task.id}`)).status).toBe(404);
});

test('a list is newest first, filtered by state, and read page by page to its end', async () => {
  const api = visitor();
  const ids = [await add(api, 'one'), await add(api, 'two'), await add(api, 'three')];
  const newest = ids.toReversed();
  await api.send('PATCH', `/tasks/${ids[1]}`, { completed: true });
  const list = async (query: string) => {
    const { tasks, cursor } = await (await api.get(`/tasks${query}`)).json();
    return { ids: tasks.map(({ id }: { id: number }) => id), cursor };
  };
  expect(await list('')).toEqual({ ids: newest, cursor: null });
  expect(await list('?status=pending')).toEqual({ ids: [ids[2], ids[0]], cursor: null });
  expect(await list('?status=completed')).toEqual({ ids: [ids[1]], cursor: null });
  const first = await list('?limit=2');
  expect(first.ids).toEqual(newest.slice(0, 2));
  expect(await list(`?limit=2&cursor=${first.cursor}`)).toEqual({ ids: newest.slice(2), cursor: null });
});

test('somebody else’s task, a deleted one and no task at all are the same 404', async () => {
  const [owner, stranger] = [visitor(), visitor()];
  const id = await add(owner, 'private');
  const gone = await add(stranger, 'short');
  await stranger.send('DELETE', `/tasks/${gone}`);
  for (const path of [id, gone, '2147483647', '99999999999999999999', '0', '-1', '1.5', 'abc', '%00']) {
    for (const [method, body] of [['GET'], ['PATCH', { title: 'taken' }], ['DELETE']] as const) {
      const response = await stranger.send(method, `/tasks/${path}`, body);
      expect({ status: response.status, ...(await response.json()) }, `${method} ${path}`).toEqual({
        status: 404,
        error: { code: 'task_not_found', message: expect.stringMatching(/^Task `.*` was not found$/s) },
        request_id: response.headers.get('x-request-id'),
      });
    }
  }
  expect(await (await owner.get(`/tasks/${id}`)).json()).toMatchObject({ title: 'private' });
  expect(await (await stranger.get('/tasks')).json()).toEqual({ tasks: [], cursor: null });
});

test.each([
  ['POST', '/tasks', {}, 'title: Field required'],
  ['POST', '/tasks', { title: '  ' }, 'title: must have 1 to 200 characters'],
  ['POST', '/tasks', { title: 'x'.repeat(201) }, 'title: must have 1 to 200 characters'],
  ['POST', '/tasks', { title: 'a', description: 'x'.repeat(5001) }, 'description: must have at most 5000 characters'],
  ['PATCH', '/tasks/1', { title: '' }, 'title: must have 1 to 200 characters'],
  ['PATCH', '/tasks/1', {}, 'give a title, a description or completed'],
  ['PATCH', '/tasks/1', { completed: 'yes' }, 'completed: '],
  ['GET', '/tasks?status=done', undefined, 'status: '],
  ['GET', '/tasks?limit=0', undefined, 'limit: '],
  ['GET', '/tasks?limit=101', undefined, 'limit: '],
  ['GET', '/tasks?cursor=x', undefined, 'cursor: is not a cursor of this list'],
  ['GET', '/tasks?cursor=9999999999', undefined, 'cursor: is not a cursor of this list'],
])('%s %s with %j is refused: %s', async (method, path, body, message) => {
  const response = await visitor().send(method, path, body);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: { code: 'validation_error', message: expect.stringContaining(message) },
  });
});

test('a task that a chat has made is on the same list', async () => {
  const api = visitor();
  const id = await api.newSession();
  expect((await api.say(id, 'add a task to water the roses')).status).toBe(200);
  expect(await (await api.get('/tasks')).json()).toMatchObject({
    tasks: [{ title: expect.stringMatching(/water the roses/i), completed: false }],
  });
});
