import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startEverythingServer, type EverythingServer } from './everything-server.ts';
import { readChunks } from './read-events.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let everything: EverythingServer;
let proxy: RecordingProxy;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
let session: string;
beforeAll(async () => {
  everything = await startEverythingServer();
  proxy = await startRecordingProxy(new URL(everything.url).origin);
  const mcpServers = { all: { url: `${proxy.url}/mcp` } };
  worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers }) });
  api = client(worker.url);
  session = await api.newSession();
});
afterAll(async () => {
  await worker.close();
  await proxy.close();
  await everything.close();
});

async function chunksOfCall(tool: string, input: unknown) {
  return readChunks(await api.stream(session, `use the tool all__${tool} with ${JSON.stringify(input)}`));
}

/** What comes of each tool of the server, in one turn each. */
const calls: [tool: string, input: unknown, output: unknown][] = [
  ['echo', { message: 'one' }, { content: [{ type: 'text', text: 'Echo: one' }] }],
  ['get-sum', { a: 2, b: 3 }, { content: [{ type: 'text', text: 'The sum of 2 and 3 is 5.' }] }],
  ['get-env', {}, { content: [{ type: 'text', text: expect.stringContaining('"GREETING": "hello"') }] }],
  [
    'get-annotated-message',
    { messageType: 'success', includeImage: true },
    {
      content: [
        { type: 'text', text: 'Operation completed successfully' },
        { type: 'image', mimeType: 'image/png', data: expect.stringMatching(/^iVBOR/) },
      ],
    },
  ],
  [
    'get-tiny-image',
    {},
    {
      content: [{ type: 'text' }, { type: 'image', mimeType: 'image/png', data: expect.any(String) }, { type: 'text' }],
    },
  ],
  [
    'get-resource-links',
    { count: 2 },
    {
      content: [
        { type: 'text' },
        { type: 'resource_link', uri: 'demo://resource/dynamic/blob/1', name: 'Blob Resource 1' },
        { type: 'resource_link', uri: 'demo://resource/dynamic/text/2', name: 'Text Resource 2' },
      ],
    },
  ],
  [
    'get-resource-reference',
    { resourceType: 'Text', resourceId: 7 },
    {
      content: [
        { type: 'text' },
        { type: 'resource', resource: { uri: 'demo://resource/dynamic/text/7', text: expect.any(String) } },
        { type: 'text' },
      ],
    },
  ],
  [
    'get-structured-content',
    { location: 'New York' },
    { content: [{ type: 'text' }], structuredContent: { temperature: 33, conditions: 'Cloudy', humidity: 82 } },
  ],
  [
    'gzip-file-as-resource',
    { name: 'a.gz', data: 'data:text/plain,hello', outputType: 'resource' },
    { content: [{ type: 'resource', resource: { uri: expect.stringMatching(/a\.gz$/), blob: expect.any(String) } }] },
  ],
  ['toggle-simulated-logging', {}, { content: [{ type: 'text', text: expect.stringMatching(/^Started/) }] }],
  ['toggle-subscriber-updates', {}, { content: [{ type: 'text', text: expect.stringMatching(/^Started/) }] }],
  ['trigger-long-running-operation', { duration: 0.3, steps: 3 }, { content: [{ type: 'text' }] }],
];

test.each(calls)('%s is called from a turn, and its result comes as it was given', async (tool, input, output) => {
  const chunks = await chunksOfCall(tool, input);
  expect(chunks.filter(({ type }) => type === 'tool-output-error')).toEqual([]);
  expect(chunks.find(({ type }) => type === 'tool-output-available')).toMatchObject({ output });
  expect(chunks.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
});

test('these are all of its tools, but for one that wants a client that manages tasks', async () => {
  const { tools } = (await (await api.get(`/sessions/${session}/tools`)).json()) as {
    tools: { name: string; server: string }[];
  };
  const names = tools.filter(({ server }) => server === 'all').map(({ name }) => name);
  expect(names).toEqual(calls.map(([tool]) => `all__${tool}`).toSorted());
});

test('a long operation tells how far it is', async () => {
  const chunks = await chunksOfCall('trigger-long-running-operation', { duration: 0.3, steps: 3 });
  const progress = chunks.filter(({ type }) => type === 'data-mcp-progress');
  expect(progress).toMatchObject([1, 2, 3].map((step) => ({ transient: true, data: { progress: step, total: 3 } })));
});

test('wrong arguments come back as the server words them', async () => {
  const chunks = await chunksOfCall('get-sum', { a: 'two' });
  expect(chunks.find(({ type }) => type === 'tool-output-available')).toMatchObject({
    output: { isError: true, content: [{ type: 'text', text: expect.stringMatching(/validation|expected number/i) }] },
  });
});

test('a call costs one request within a session of the chat, and a turn without a call none', async () => {
  const chat = await api.newSession();
  await (await api.say(chat, 'use the tool all__echo with {"message":"a"}')).json();
  proxy.requests.length = 0;
  await (await api.say(chat, 'How are you?')).json();
  expect(proxy.requests).toEqual([]);
  await (await api.say(chat, 'use the tool all__echo with {"message":"b"}')).json();
  expect(proxy.requests.map(({ method, body }) => [method, JSON.parse(body).method])).toEqual([['POST', 'tools/call']]);
});

test('a session that is deleted is over for the server too', async () => {
  const chat = await api.newSession();
  await (await api.say(chat, 'use the tool all__echo with {"message":"a"}')).json();
  proxy.requests.length = 0;
  expect((await api.send('DELETE', `/sessions/${chat}`)).status).toBe(204);
  await expect.poll(() => proxy.requests.map(({ method, status }) => [method, status])).toEqual([['DELETE', 200]]);
});

test.each([
  ['', '[image/png, not shown: this model does not take it]'],
  ['image', '"image/png'],
])('a model that takes "%s" is sent images accordingly', async (COMPATIBLE_MEDIA, seen) => {
  const model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  const mcpServers = { all: { url: everything.url } };
  const vars = { COMPATIBLE_BASE_URL: model.url, COMPATIBLE_MEDIA, MCP_SERVERS: JSON.stringify({ mcpServers }) };
  const seeing = await startWorker(vars);
  onTestFinished(async () => {
    await seeing.close();
    await model.close();
  });
  const { say, newSession } = client(seeing.url);
  await (await say(await newSession(), 'use the tool all__get-tiny-image')).json();
  const { messages } = JSON.parse(model.requests.at(-1)?.body ?? '{}');
  expect(messages.at(-1).content).toContain(seen);
});
