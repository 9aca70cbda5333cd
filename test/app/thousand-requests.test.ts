import { expect, test } from 'vitest';
import { client } from './client.ts';
import { ADMIN_TOKEN, issueKey } from './issue-key.ts';
import { startWorker } from './start-worker.ts';

const BURST = 20;
const AT_ONCE = 40;

/** A crowd of one kind: who they are, how many requests each sends, and how many of those a bucket that is not refilled admits. */
interface Crowd {
  headers: Record<string, string>[];
  requests: number;
  admitted: number;
}

test('of 1,000 requests from mixed identities exactly those are admitted for which their buckets hold tokens', async () => {
  // A token comes back every 10,000 seconds: none does during the test.
  const worker = await startWorker({ ADMIN_TOKEN, RATE_RPS: '0.0001', RATE_BURST: String(BURST) });
  const admin = client(worker.url, { 'x-admin-token': ADMIN_TOKEN });
  await admin.send('POST', '/admin/bypass', { ip: '198.51.100.9' });
  const key = async (limits?: object) => (await issueKey(worker.url, { ...(limits && { limits }) })).key;
  const [plain, shared, wide, narrow] = await Promise.all([
    key(),
    key(),
    key({ rate_rps: 0.0001, rate_burst: 70 }),
    key({ rate_rps: 0.0001, rate_burst: 5 }),
  ]);
  const from = (last: number, apiKey?: string) => ({
    'cf-connecting-ip': `203.0.113.${last}`,
    ...(apiKey !== undefined && { 'x-api-key': apiKey }),
  });

  const crowds: Crowd[] = [
    // Eight addresses without a key.
    ...Array.from({ length: 8 }, (_, index) => ({ headers: [from(index)], requests: 50, admitted: BURST })),
    { headers: [from(20)], requests: 15, admitted: 15 },
    // A key within its address; a key that comes from two addresses, neither of which is exhausted.
    { headers: [from(30, plain)], requests: 100, admitted: BURST },
    { headers: [from(31, shared), from(32, shared)], requests: 30, admitted: BURST },
    // Keys with a rate of their own are not counted by address: two of them share one that has no token left.
    { headers: [from(0, wide)], requests: 155, admitted: 70 },
    { headers: [from(0, narrow)], requests: 100, admitted: 5 },
    { headers: [{ 'cf-connecting-ip': '198.51.100.9' }], requests: 200, admitted: 200 },
  ];
  const planned = crowds.flatMap(({ headers, requests }, crowd) =>
    Array.from({ length: requests }, (_, index) => ({ crowd, headers: headers[index % headers.length] ?? {} })),
  );
  expect(planned).toHaveLength(1000);
  // All crowds mixed, in an order that is the same in every run.
  planned.sort((one, other) => JSON.stringify(one.headers).localeCompare(JSON.stringify(other.headers)));
  const mixed = planned.map((_, index) => planned[(index * 617) % planned.length]);

  const admitted = crowds.map(() => 0);
  const refused = crowds.map(() => 0);
  const queue = mixed.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const request of queue) {
        if (!request) continue;
        const { status } = await client(worker.url, request.headers).send('POST', '/sessions', {});
        if (status === 201) admitted[request.crowd] = (admitted[request.crowd] ?? 0) + 1;
        if (status === 429) refused[request.crowd] = (refused[request.crowd] ?? 0) + 1;
      }
    }),
  );
  expect(admitted).toEqual(crowds.map((crowd) => crowd.admitted));
  expect(refused).toEqual(crowds.map((crowd) => crowd.requests - crowd.admitted));
  await worker.close();
}, 120_000);
