import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as EarlierTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { serveMcp } from '../../src/mcp/serve-mcp.ts';
import type { TaskStore } from '../../src/tasks/task-store.ts';
import { noCatalogue } from '../catalogue/no-catalogue.ts';
import { noCode } from '../code/no-code.ts';
import { noKnowledge } from '../knowledge/no-knowledge.ts';
import { noWorkspace } from '../workspace/no-workspace.ts';
import { memoryTaskStore } from './memory-task-store.ts';

const ADDRESS = 'http://edgewise.test/mcp/tasks';

type Call = (name: string, input?: Record<string, unknown>) => Promise<unknown>;

const others = { files: noWorkspace, catalogue: noCatalogue, knowledge: noKnowledge, code: noCode, chat: null };

function serve(tasks: TaskStore, onError?: (error: unknown) => void) {
  const caller = { kind: 'anonymous', owner: 'anonymous:test' } as const;
  return async (url: string | URL, init?: RequestInit): Promise<Response> => {
    const context = { ...others, caller, tasks: () => tasks, ...(onError && { onError }) };
    const response = await serveMcp('tasks', new Request(url, init), context);
    if (!response) throw new Error('There is no such server.');
    return response;
  };
}

/** A client of the protocol of 2026. */
async function presentClient(tasks: TaskStore, onError?: (error: unknown) => void): Promise<Client> {
  const client = new Client({ name: 'present', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(ADDRESS), { fetch: serve(tasks, onError) }));
  onTestFinished(() => client.close());
  return client;
}

/** A client of the protocol of 2025, made by other code. */
async function earlierClient(tasks: TaskStore): Promise<EarlierClient> {
  const client = new EarlierClient({ name: 'earlier', version: '1' });
  const transport = new EarlierTransport(new URL(ADDRESS), { fetch: serve(tasks) });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

const clients: [string, (tasks: TaskStore) => Promise<Client | EarlierClient>][] = [
  ['the present protocol', presentClient],
  ['the earlier protocol', earlierClient],
];

test.each(clients)(
  'over %s the tools have the arguments, hints and results that their clients know',
  async (_, connect) => {
    const tasks = memoryTaskStore();
    const client = await connect(tasks);
    const call: Call = async (name, input = {}) => {
      const result = await client.callTool({ name, arguments: { user_id: 'somebody', ...input } });
      expect(result.isError ?? false).toBe(false);
      return result.structuredContent;
    };

    const { tools } = await client.listTools();
    expect(tools.map(({ name, inputSchema }) => [name, inputSchema.required])).toEqual([
      ['add_task', ['title']],
      ['list_tasks', undefined],
      ['complete_task', ['task_id']],
      ['delete_task', ['task_id']],
      ['update_task', ['task_id']],
    ]);
    expect(
      tools.map(({ annotations }) => [annotations?.readOnlyHint ?? false, annotations?.idempotentHint ?? false]),
    ).toEqual([
      [false, false],
      [true, false],
      [false, true],
      [false, false],
      [false, true],
    ]);

    expect(await call('add_task', { title: ' Buy milk ' })).toEqual({
      status: 'created',
      task_id: 1,
      title: 'Buy milk',
      description: null,
      completed: false,
    });
    expect(await call('add_task', { title: 'Call home', description: 'at six' })).toMatchObject({ task_id: 2 });
    expect(await call('complete_task', { task_id: 1 })).toEqual({
      status: 'completed',
      task_id: 1,
      title: 'Buy milk',
      completed: true,
    });
    expect(await call('complete_task', { task_id: '1' })).toMatchObject({ status: 'completed', completed: true });
    expect(await call('update_task', { task_id: 2, title: 'Call mother', description: null })).toEqual({
      status: 'updated',
      task_id: 2,
      title: 'Call mother',
      description: 'at six',
      completed: false,
    });
    expect(await call('update_task', { task_id: 2, description: '' })).toMatchObject({ description: null });
    const milk = {
      id: 1,
      title: 'Buy milk',
      description: null,
      completed: true,
      created_at: '2026-11-21T12:00:00.000Z',
    };
    const mother = { ...milk, id: 2, title: 'Call mother', completed: false };
    expect(await call('list_tasks')).toEqual({ tasks: [mother, milk] });
    expect(await call('list_tasks', { status: 'pending' })).toEqual({ tasks: [mother] });
    expect(await call('list_tasks', { status: 'completed' })).toEqual({ tasks: [milk] });
    expect(await call('list_tasks', { status: 'anything' })).toEqual({ tasks: [mother, milk] });
    expect(await call('delete_task', { task_id: 1 })).toEqual({ status: 'deleted', task_id: 1, title: 'Buy milk' });
    expect(await call('delete_task', { task_id: 1 })).toMatchObject({ status: 'error', code: 'TASK_NOT_FOUND' });
  },
);

test('the text of every result is its data, and of a list the bare array', async () => {
  const client = await presentClient(memoryTaskStore());
  const text = async (name: string, input = {}) => {
    const [part] = (await client.callTool({ name, arguments: input })).content;
    return JSON.parse(part?.type === 'text' ? part.text : '') as unknown;
  };
  expect(await text('add_task', { title: 'a' })).toMatchObject({ status: 'created', task_id: 1 });
  expect(await text('list_tasks')).toMatchObject([{ id: 1, title: 'a' }]);
});

test.each([
  ['add_task', { title: '  ' }, 'INVALID_TITLE', { current_length: 0, max_length: 200, min_length: 1 }],
  ['add_task', { title: 'x'.repeat(201) }, 'INVALID_TITLE', { current_length: 201, max_length: 200, min_length: 1 }],
  [
    'add_task',
    { title: 'a', description: 'x'.repeat(5001) },
    'INVALID_DESCRIPTION',
    { current_length: 5001, max_length: 5000 },
  ],
  ['update_task', { task_id: 1, title: '' }, 'INVALID_TITLE', { current_length: 0, max_length: 200, min_length: 1 }],
  ['update_task', { task_id: 1 }, 'INVALID_REQUEST', {}],
  [
    'update_task',
    { task_id: 7, title: 'a' },
    'TASK_NOT_FOUND',
    { requested_task_id: 7, suggestions: [expect.any(String)] },
  ],
  ['complete_task', { task_id: 7 }, 'TASK_NOT_FOUND', { requested_task_id: 7, suggestions: [expect.any(String)] }],
  ['delete_task', { task_id: -1 }, 'TASK_NOT_FOUND', { requested_task_id: -1, suggestions: [expect.any(String)] }],
])('%s with %j is refused in a normal result: %s', async (name, input, code, details) => {
  const client = await presentClient(memoryTaskStore());
  const result = await client.callTool({ name, arguments: input });
  expect(result.isError ?? false).toBe(false);
  expect(result.structuredContent).toEqual({ status: 'error', code, message: expect.any(String), details });
});

test('a failure inside a tool shows a safe sentence, and is reported', async () => {
  const failures = [new AppError('archive_unavailable', 'The database is away.'), new Error('secret address')];
  const list = () => Promise.reject(failures.shift() ?? new Error('no more'));
  const reported: unknown[] = [];
  const client = await presentClient({ ...memoryTaskStore(), list }, (error) => reported.push(error));
  const call = () => client.callTool({ name: 'list_tasks', arguments: {} });
  expect(await call()).toMatchObject({ isError: true, content: [{ text: 'The database is away.' }] });
  expect(await call()).toMatchObject({ isError: true, content: [{ text: 'The tool failed.' }] });
  expect(reported).toHaveLength(2);
});

test('a bare tools/list, without a handshake, is answered', async () => {
  const response = await serve(memoryTaskStore())(ADDRESS, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const [event, data] = (await response.text()).split('\n');
  expect(event).toBe('event: message');
  expect(JSON.parse(data?.slice('data: '.length) ?? '')).toMatchObject({
    jsonrpc: '2.0',
    id: 1,
    result: { tools: [{ name: 'add_task' }, {}, {}, {}, {}] },
  });
});

test('the list of tools may be kept for five minutes by anybody', async () => {
  const client = await presentClient(memoryTaskStore());
  expect(await client.listTools()).toMatchObject({ ttlMs: 300_000, cacheScope: 'public' });
});

test('there is no server of another name', async () => {
  const context = { ...others, caller: { kind: 'anonymous', owner: 'a' } as const, tasks: () => memoryTaskStore() };
  const names = ['other', '', 'constructor', '__proto__'];
  const answers = names.map((name) => serveMcp(name, new Request(ADDRESS), context));
  expect(await Promise.all(answers)).toEqual([null, null, null, null]);
});
