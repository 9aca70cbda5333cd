import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey, withKey } from './issue-key.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN });
});
afterAll(() => worker.close());

type Api = ReturnType<typeof client>;

async function callTool(api: Api, path: string, name: string, input: object): Promise<string> {
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: input } };
  const response = await api.send('POST', path, call, { accept: 'application/json, text/event-stream' });
  expect(response.status).toBe(200);
  return response.text();
}

test.each(['/mcp/tasks', '/mcp'])(
  'at %s a trusted key acts for the users that it names, who see nothing of each other',
  async (path) => {
    const scopes = ['tasks', 'tools', 'impersonate'];
    const [one, other] = await Promise.all([issueKey(worker.url, { scopes }), issueKey(worker.url, { scopes })]);
    const trusted = withKey(worker.url, one.key);
    await callTool(trusted, path, 'add_task', { user_id: 'alice', title: 'of alice' });
    await callTool(trusted, path, 'add_task', { user_id: 'bob', title: 'of bob' });
    await callTool(trusted, path, 'add_task', { title: 'its own' });

    const seen = async (api: Api, user?: string) => {
      const text = await callTool(api, path, 'list_tasks', user === undefined ? {} : { user_id: user });
      return ['of alice', 'of bob', 'its own'].filter((title) => text.includes(title));
    };
    expect(await seen(trusted, 'alice')).toEqual(['of alice']);
    expect(await seen(trusted, 'bob')).toEqual(['of bob']);
    expect(await seen(trusted)).toEqual(['its own']);
    // Another trusted key has an Alice of its own.
    expect(await seen(withKey(worker.url, other.key), 'alice')).toEqual([]);
  },
);

test('from anybody else the name is not believed and changes nothing', async () => {
  const { key } = await issueKey(worker.url);
  for (const api of [
    withKey(worker.url, key),
    client(worker.url, { cookie: `edgewise_visitor=${crypto.randomUUID()}` }),
  ]) {
    await callTool(api, '/mcp/tasks', 'add_task', { user_id: 'alice', title: 'water the roses' });
    expect(await (await api.get('/tasks')).json()).toMatchObject({ tasks: [{ title: 'water the roses' }] });
    expect(await callTool(api, '/mcp/tasks', 'list_tasks', { user_id: 'bob' })).toContain('water the roses');
  }
});
