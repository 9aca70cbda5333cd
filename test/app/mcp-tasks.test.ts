import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { EmptyResultSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

/** A client of the earlier protocol, by the other major of its SDK. */
async function connect(path: string, visitor: string = crypto.randomUUID()): Promise<Client> {
  const client = new Client({ name: 'earlier', version: '1' });
  const requestInit = { headers: { cookie: `edgewise_visitor=${visitor}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(worker.url + path), { requestInit }));
  onTestFinished(() => client.close());
  return client;
}

test('the five tools are listed, with what they take and give', async () => {
  const client = await connect('/mcp/tasks');
  expect(client.getServerVersion()).toMatchObject({ name: expect.stringContaining('tasks') });
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    'add_task',
    'list_tasks',
    'complete_task',
    'delete_task',
    'update_task',
  ]);
  expect(tools[0]).toMatchObject({ inputSchema: { type: 'object', required: expect.arrayContaining(['title']) } });
});

test('a task lives from its making to its end, and is nobody else’s', async () => {
  const client = await connect('/mcp/tasks');
  const call = async (name: string, input: Record<string, unknown> = {}) => {
    const { content, structuredContent, isError } = await client.callTool({ name, arguments: input });
    return { content, structured: structuredContent, isError: isError ?? false };
  };
  const added = await call('add_task', { title: 'From afar', description: 'By the earlier client' });
  expect(added).toMatchObject({ isError: false, structured: { status: 'created', title: 'From afar' } });
  const { structured } = added;
  const taskId = structured && typeof structured === 'object' && 'task_id' in structured ? structured.task_id : null;
  expect(JSON.stringify(added.content)).toContain('From afar');
  expect(await call('update_task', { task_id: taskId, title: 'Renamed' })).toMatchObject({
    structured: { status: 'updated', title: 'Renamed' },
  });
  expect(await call('complete_task', { task_id: taskId })).toMatchObject({ structured: { completed: true } });
  expect(await call('list_tasks')).toMatchObject({ structured: { tasks: [{ title: 'Renamed', completed: true }] } });

  const stranger = await connect('/mcp/tasks');
  const theirs = await stranger.callTool({ name: 'complete_task', arguments: { task_id: taskId } });
  const nobodys = await stranger.callTool({ name: 'complete_task', arguments: { task_id: 987_654_321 } });
  expect(theirs.structuredContent).toMatchObject({ status: 'error', code: 'TASK_NOT_FOUND' });
  expect(nobodys.structuredContent).toMatchObject({ status: 'error', code: 'TASK_NOT_FOUND' });

  expect(await call('delete_task', { task_id: taskId })).toMatchObject({ structured: { status: 'deleted' } });
  expect(await call('list_tasks')).toMatchObject({ structured: { tasks: [] } });
});

test('what is wrong with a call is said in the words of the protocol, or of the tool', async () => {
  const client = await connect('/mcp/tasks');
  const tooLong = await client.callTool({ name: 'add_task', arguments: { title: 'x'.repeat(201) } });
  expect(tooLong.structuredContent).toMatchObject({ status: 'error', code: 'INVALID_TITLE' });
  const mistyped = await client.callTool({ name: 'add_task', arguments: { title: 7 } });
  expect(mistyped).toMatchObject({ isError: true });
  expect(JSON.stringify(mistyped.content)).toContain('title');
  const missing = client.callTool({ name: 'no_such_tool', arguments: {} });
  await expect(missing).rejects.toBeInstanceOf(McpError);
  await expect(missing).rejects.toMatchObject({ code: -32602, message: expect.stringContaining('no_such_tool') });
  await expect(client.request({ method: 'resources/list' }, EmptyResultSchema)).rejects.toMatchObject({ code: -32601 });
});

test('a server that there is not is not found', async () => {
  await expect(connect('/mcp/nothing')).rejects.toMatchObject({ code: 404 });
});
