import { expect, test } from 'vitest';
import { hubUnderTest, remote, run } from './hub-under-test.ts';
import { startModernServer } from './real-servers.ts';

/** A server whose tool says how far it is, as often as it is asked to, and then waits for `finish`. */
async function startCounter(times: number, message?: string) {
  const finish = Promise.withResolvers<void>();
  const server = await startModernServer((mcp) => {
    mcp.registerTool('count', {}, async ({ mcpReq }) => {
      const { _meta: meta } = mcpReq;
      const progressToken = meta?.progressToken;
      for (let progress = 1; progressToken !== undefined && progress <= times; progress++) {
        const params = { progressToken, progress, ...(message !== undefined && { message }) };
        await mcpReq.notify({ method: 'notifications/progress', params });
      }
      await finish.promise;
      return { content: [{ type: 'text', text: progressToken === undefined ? 'not asked' : 'done' }] };
    });
  });
  return { hub: hubUnderTest([remote('m', server.origin)]), finish: finish.resolve };
}

test('progress is told while the call runs', async () => {
  const { hub, finish } = await startCounter(1, 'half');
  const told = Promise.withResolvers<unknown>();
  const { tools } = await hub.turn({ onProgress: told.resolve });
  const call = run(tools, 'm__count');
  expect(await told.promise).toEqual({ toolCallId: 'call-1', progress: 1, message: 'half' });
  finish();
  expect(await call).toMatchObject({ content: [{ text: 'done' }] });
});

test('a server that never stops telling is heard a hundred times, and not at length', async () => {
  const { hub, finish } = await startCounter(150, 'x'.repeat(2000));
  const told: { progress: number; message?: string }[] = [];
  const { tools } = await hub.turn({ onProgress: (progress) => void told.push(progress) });
  finish();
  expect(await run(tools, 'm__count')).toMatchObject({ content: [{ text: 'done' }] });
  expect(told.map(({ progress }) => progress)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(told[0]?.message).toHaveLength(500);
});

test('nobody is asked for progress that nobody wants', async () => {
  const { hub, finish } = await startCounter(1);
  const { tools } = await hub.turn();
  finish();
  expect(await run(tools, 'm__count')).toMatchObject({ content: [{ text: 'not asked' }] });
});
