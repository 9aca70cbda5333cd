import { expect, test } from 'vitest';
import { hubUnderTest, remote, run } from './hub-under-test.ts';
import { startHttpServer, type Handler } from './http-server.ts';
import { startModernServer } from './real-servers.ts';

const hang: Handler = () => {};
const html: Handler = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hi</p>');
const status =
  (code: number, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(code, headers).end('secret words of the server');
/** Five times what is allowed, in pieces, so that no length is announced. */
const huge =
  (type: string, start: string): Handler =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': type });
    response.write(start);
    for (let i = 0; i < 20; i++) response.write(' '.repeat(1024 * 1024));
    response.end();
  };
const hugeAnnounced: Handler = (_request, response) =>
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': String(5 * 1024 * 1024) })
    .end(Buffer.alloc(5 * 1024 * 1024, ' '));

test.each<[string, Handler, string]>([
  ['is a web page', html, 'did not answer as a tool server does'],
  ['wants other credentials', status(401), 'refused our credentials'],
  ['forbids', status(403), 'refused our credentials'],
  ['is down', status(503), 'answered with status 503'],
  ['has moved', status(302, { location: 'http://elsewhere.invalid/mcp' }), 'points to another address'],
  ['floods with JSON', huge('application/json', '{'), 'sent more than is allowed'],
  ['floods with events', huge('text/event-stream', 'data: '), 'sent more than is allowed'],
  ['announces too much', hugeAnnounced, 'sent more than is allowed'],
])('a server that %s is left out with a safe reason, and left alone for a while', async (_what, handler, reason) => {
  const bad = await startHttpServer(handler);
  const good = await startModernServer();
  const servers = [remote('bad', bad.origin), remote('good', good.origin)];
  const hub = hubUnderTest(servers);

  const first = await hub.turn();
  expect(first.unavailable).toEqual([{ server: 'bad', reason }]);
  expect(Object.keys(first.tools)).toEqual(['good__echo']);
  await first.close();
  bad.requests.length = 0;

  const second = await hub.turn();
  expect(second.unavailable).toEqual([{ server: 'bad', reason }]);
  expect(bad.requests).toEqual([]);

  hub.clock.now += 30_000;
  await hub.turn();
  await expect.poll(() => bad.requests).not.toEqual([]);
});

test('a server that hangs does not hold up a turn, nor the tools of another server', async () => {
  const [slow, good] = [await startHttpServer(hang), await startModernServer()];
  const servers = [remote('slow', slow.origin), remote('good', good.origin)];
  const hub = hubUnderTest(servers, { listingTimeoutMs: 1000 });
  const { tools, unavailable } = await hub.turn();
  expect(unavailable).toEqual([{ server: 'slow', reason: 'did not answer in time' }]);
  expect(Object.keys(tools)).toEqual(['good__echo']);
  expect((await hub.turn()).unavailable).toEqual(unavailable);
  expect(slow.requests).toEqual(['server/discover']);
});

test('a server that nobody listens for is left out at once', async () => {
  const hub = hubUnderTest([remote('gone', 'http://127.0.0.1:1/mcp')]);
  const { unavailable } = await hub.turn();
  expect(unavailable).toEqual([{ server: 'gone', reason: 'could not be reached' }]);
});

test('no request follows a redirect to another origin', async () => {
  const target = await startModernServer();
  const source = await startHttpServer(status(307, { location: target.origin }));
  const hub = hubUnderTest([remote('moved', source.origin)]);
  const { unavailable } = await hub.turn();
  expect(unavailable).toEqual([{ server: 'moved', reason: 'points to another address' }]);
  expect(target.requests).toEqual([]);
});

test('a turn that is stopped while it lists says nothing about the server', async () => {
  const server = await startHttpServer(hang);
  const hub = hubUnderTest([remote('slow', server.origin)]);
  const stop = new AbortController();
  const turn = hub.turn({ signal: stop.signal });
  stop.abort();
  expect((await turn).unavailable).toEqual([{ server: 'slow', reason: 'was not asked: the turn was stopped' }]);
  expect(hub.cache.size).toBe(0);
});

/** A hub whose one server was well when it was listed, and then does `then` to every call. */
async function turnWith(then: Handler, toolTimeoutMs = 5000) {
  const server = await startModernServer();
  const broken = await startHttpServer(then);
  let current = server.origin;
  const hub = hubUnderTest([remote('x', 'http://server.invalid/mcp')], {
    fetch: (_url, init) => fetch(current, init),
    toolTimeoutMs,
  });
  await hub.turn();
  current = broken.origin;
  const mend = () => (current = server.origin);
  return { turn: await hub.turn(), broken, mend };
}

test.each<[string, Handler, string]>([
  ['is down', status(503), 'The tool server "x" answered with status 503.'],
  ['answers with a web page', html, 'The tool server "x" did not answer as a tool server does.'],
  ['floods', huge('text/event-stream', 'data: '), 'The tool server "x" sent more than is allowed.'],
])(
  'a call to a server that %s fails with one safe sentence, and is not made again',
  async (_what, handler, message) => {
    const { turn, broken } = await turnWith(handler);
    await expect(run(turn.tools, 'x__echo', { text: 'a' })).rejects.toMatchObject({ name: 'AppError', message });
    expect(broken.requests).toEqual(['tools/call']);
  },
);

test('the calls after an answer that was cut work', async () => {
  const { turn, mend } = await turnWith(huge('application/json', '{'));
  await expect(run(turn.tools, 'x__echo', { text: 'a' })).rejects.toThrow('sent more than is allowed');
  mend();
  expect(await run(turn.tools, 'x__echo', { text: 'b' })).toMatchObject({ content: [{ text: 'b' }] });
});

test('a call to a server that hangs is given up', async () => {
  const { turn, broken } = await turnWith(hang, 50);
  const call = run(turn.tools, 'x__echo', { text: 'a' });
  await expect(call).rejects.toMatchObject({ message: 'The tool server "x" did not answer in time.' });
  expect(broken.requests).toEqual(['tools/call']);
});

test('a call that is stopped ends at once with the reason of the stop', async () => {
  const reached = Promise.withResolvers<void>();
  const { turn } = await turnWith(() => reached.resolve(), 60_000);
  const stop = new AbortController();
  const call = run(turn.tools, 'x__echo', { text: 'a' }, stop.signal);
  await reached.promise;
  stop.abort(new Error('stopped by hand'));
  await expect(call).rejects.toThrow('stopped by hand');
});

test('the end of a turn does not wait for a server that hangs', async () => {
  const reached = Promise.withResolvers<void>();
  const { turn } = await turnWith(() => reached.resolve(), 60_000);
  const call = run(turn.tools, 'x__echo', { text: 'a' }).catch((error: unknown) => error);
  await reached.promise;
  await turn.close();
  expect(await call).toMatchObject({ message: 'The tool server "x" could not be reached.' });
});
