import { expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker } from './start-worker.ts';

test('a client that has to send some key sends "anonymous"', async () => {
  const open = await startWorker();
  expect((await client(open.url, { authorization: 'Bearer anonymous' }).get('/sessions')).status).toBe(200);
  expect((await client(open.url, { authorization: 'Bearer sk-123' }).get('/sessions')).status).toBe(401);
  await open.close();
});
