import { expect, onTestFinished, test } from 'vitest';
import { Server } from '@modelcontextprotocol/server';
import { answerMcp } from '../../src/mcp/answer-mcp.ts';
import { startHttpServer, webHandler, type Handler } from '../tools/http-server.ts';
import { startModernServer, startSessionServer } from '../tools/real-servers.ts';
import { client } from './client.ts';
import { readChunks } from './read-events.ts';
import { startWorker } from './start-worker.ts';

async function workerWith(urls: Record<string, string>) {
  const mcpServers = Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, { url }]));
  const worker = await startWorker({ MCP_SERVERS: JSON.stringify({ mcpServers }) });
  onTestFinished(() => worker.close());
  return client(worker.url);
}

test('ten servers cost a turn nothing, and a call one request to one of them', async () => {
  const servers = await Promise.all(Array.from({ length: 10 }, () => startModernServer()));
  const api = await workerWith(Object.fromEntries(servers.map(({ origin }, index) => [`s${index}`, origin])));
  const id = await api.newSession();
  await (await api.say(id, 'hello')).json();
  for (const { requests } of servers) requests.length = 0;

  const other = await api.newSession();
  expect(await (await api.say(other, 'How are you?')).json()).toMatchObject({ status: 'complete' });
  expect(servers.flatMap(({ requests }) => requests)).toEqual([]);
  const answer = await (await api.say(other, 'use the tool s7__echo with {"text":"a"}')).json();
  expect(answer).toMatchObject({ status: 'complete', tool_calls: [{}] });
  expect(servers.flatMap(({ requests }, index) => requests.map((method) => [index, method]))).toEqual([
    [7, 'tools/call'],
  ]);
});

const hang: Handler = () => {};
const html: Handler = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi</p>');
const flood: Handler = async (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const megabyte = Buffer.alloc(1024 * 1024, ' ');
  for (let i = 0; i < 100 && !response.destroyed; i++) {
    if (!response.write(megabyte))
      await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  }
  response.end();
};
/** Its input is a list of lists of lists, without end. */
const cyclic: Handler = webHandler((request) =>
  answerMcp(request, () => {
    const server = new Server({ name: 'cyclic', version: '1' }, { capabilities: { tools: {} } });
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } } };
    const inputSchema = { type: 'object' as const, properties: { head: { $ref: '#/$defs/node' } }, $defs: { node } };
    server.setRequestHandler('tools/list', () => ({ tools: [{ name: 'walk', inputSchema }] }));
    server.setRequestHandler('tools/call', ({ params }) => ({
      content: [{ type: 'text', text: JSON.stringify(params.arguments) }],
    }));
    return server;
  }),
);

test('servers of every bad kind leave the turn and the good ones alone, and the client is told', async () => {
  const start = async (handler: Handler) => (await startHttpServer(handler)).origin;
  const [good, sessions] = [await startModernServer(), await startSessionServer()];
  const moved = await startHttpServer((_request, response) => response.writeHead(307, { location: good.origin }).end());
  const api = await workerWith({
    cyclic: await start(cyclic),
    flood: await start(flood),
    good: good.origin,
    hang: await start(hang),
    moved: moved.origin,
    page: await start(html),
    refused: 'http://127.0.0.1:1/mcp',
    sessions: sessions.origin,
  });
  const id = await api.newSession();
  const turn = async (content: string) => readChunks(await api.stream(id, content));
  const outputOf = (chunks: Awaited<ReturnType<typeof turn>>) =>
    chunks.find(({ type }) => type === 'tool-output-available');

  const first = await turn('use the tool good__echo with {"text":"still here"}');
  const status = first.find(({ type }) => type === 'data-mcp-status');
  expect(status).toMatchObject({
    transient: true,
    data: {
      unavailable: [
        { server: 'flood', reason: 'sent more than is allowed' },
        { server: 'hang', reason: 'did not answer in time' },
        { server: 'moved', reason: 'points to another address' },
        { server: 'page', reason: 'did not answer as a tool server does' },
        { server: 'refused', reason: 'could not be reached' },
      ],
    },
  });
  expect(outputOf(first)).toMatchObject({ output: { content: [{ text: 'still here' }] } });
  expect(first.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });

  expect(outputOf(await turn('use the tool cyclic__walk with {"head":{"next":{}}}'))).toMatchObject({
    output: { content: [{ text: '{"head":{"next":{}}}' }] },
  });

  const counted = (text: string) => ({ output: { content: [{ text }] } });
  expect(outputOf(await turn('use the tool sessions__count'))).toMatchObject(counted('1'));
  expect(outputOf(await turn('use the tool sessions__count'))).toMatchObject(counted('2'));
  sessions.forgetSessions();
  expect(outputOf(await turn('use the tool sessions__count'))).toMatchObject(counted('1'));
  sessions.requests.length = 0;
  expect(outputOf(await turn('use the tool sessions__count'))).toMatchObject(counted('2'));
  expect(sessions.requests).toEqual(['tools/call']);
});
