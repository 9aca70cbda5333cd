import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { client } from '../app/client.ts';
import { startWorker, type WorkerUnderTest } from '../app/start-worker.ts';
import { startTokenIssuer, type TokenIssuer } from '../app/token-issuer.ts';

let service: TokenIssuer;
let worker: WorkerUnderTest;
beforeAll(async () => {
  service = await startTokenIssuer();
  worker = await startWorker({ ALLOW_ANONYMOUS: 'false', INTROSPECTION_HOSTS: new URL(service.url).host });
});
afterAll(async () => {
  await worker.close();
  await service.close();
});
beforeEach(() => service.setMood('well'));

const NEEDING_VAULT = ['getthread', 'getuserthreads', 'streamresponse'];

/** The headers that the page's proxy adds. */
function person(name: string) {
  const token = crypto.randomUUID();
  service.people.set(token, { pw_name: name });
  return headersFor(token);
}
const headersFor = (token: string): Record<string, string> => ({
  'x-freva-user-token': `Bearer ${token}`,
  'x-freva-rest-url': service.url,
  'x-freva-vault-url': 'https://vault.example/secret',
  'x-freva-config-path': '/etc/freva.conf',
});
async function ask(verb: string, headers: Record<string, string>, query: Record<string, string> = {}) {
  const response = await client(worker.url, headers).get(`/api/chatbot/${verb}?${new URLSearchParams(query)}`);
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{"variant"') ? text : JSON.parse(text) };
}
const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));

test('the checks of the headers, in their order and words', async () => {
  const alice = person('alice');
  const detail = (text: string) => ({ detail: text });
  expect(await ask('getuserthreads', {})).toEqual({
    status: 401,
    body: detail("Some necessary field weren't found, check whether the nginx proxy and sets the right headers."),
  });
  for (const header of ['authorization', 'x-freva-user-token'])
    expect(await ask('availablechatbots', { [header]: 'Basic YTpi' })).toEqual({
      status: 422,
      body: detail('Authorization header is not a Bearer token. Please use the Bearer token format.'),
    });
  expect(await ask('availablechatbots', without(alice, 'x-freva-rest-url'))).toEqual({
    status: 400,
    body: detail('Authentication not successful! RestURL not found. Please use the nginx proxy. (rest)'),
  });
  expect(await ask('availablechatbots', headersFor('unknown'))).toEqual({
    status: 401,
    body: detail('Token check failed, the token is likely not valid (anymore).'),
  });
  for (const verb of NEEDING_VAULT)
    expect(await ask(verb, without(alice, 'x-freva-vault-url'))).toEqual({
      status: 422,
      body: detail('Vault URL not found. Please provide a non-empty vault URL in the headers, of type String.'),
    });
  expect((await ask('availablechatbots', without(alice, 'x-freva-vault-url'))).status).toBe(200);
  service.setMood('down');
  expect(await ask('availablechatbots', headersFor('fresh'))).toEqual({
    status: 503,
    body: detail('Error sending token check request, is the URL correct?'),
  });
});

test('the latest ten threads of the caller and of nobody else, and how many there are', async () => {
  const [carol, bob] = [person('carol'), person('bob')];
  const threads: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    const { body } = await ask('streamresponse', carol, { input: `hello number ${index}` });
    threads.unshift(JSON.parse(body.split('\n')[0]).content.thread_id);
  }
  await ask('streamresponse', bob, { input: 'of bob' });

  const idsOf = (body: [{ thread_id: string }[], number]) => body[0].map(({ thread_id }) => thread_id);
  const first = (await ask('getuserthreads', carol)).body;
  expect(idsOf(first)).toEqual(threads.slice(0, 10));
  expect(first[1]).toBe(12);
  expect(first[0][0]).toEqual({
    user_id: expect.any(String),
    thread_id: threads[0],
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    topic: expect.any(String),
    content: [
      { variant: 'ServerHint', content: { thread_id: threads[0] } },
      { variant: 'User', content: 'hello number 11' },
      { variant: 'Assistant', content: expect.any(String) },
      { variant: 'StreamEnd', content: 'Stream ended.' },
    ],
  });
  const second = (await ask('getuserthreads', carol, { num_threads: '5', page: '2' })).body;
  expect(idsOf(second)).toEqual(threads.slice(10));
  expect(second[1]).toBe(12);

  const thread_id = threads[0] ?? '';
  for (const verb of ['getthread', 'stop', 'deletethread'])
    expect((await ask(verb, bob, { thread_id })).status).toBe(404);
  expect((await ask('setthreadtopic', carol, { thread_id, topic: 'Greetings' })).status).toBe(200);
  expect((await ask('getuserthreads', carol)).body[0][0].topic).toBe('Greetings');
  expect((await ask('deletethread', carol, { thread_id })).status).toBe(200);
  expect((await ask('getthread', carol, { thread_id })).status).toBe(404);
  expect((await ask('getuserthreads', carol)).body[1]).toBe(11);
});
