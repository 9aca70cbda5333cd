import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { startRecordingProxy, type RecordingProxy } from '../fakes/recording-proxy.ts';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const SUMMARY_MODEL = 'compatible/demo?ttft=1';

let model: RecordingProxy;
let worker: WorkerUnderTest;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  model = await startRecordingProxy(inject('vars')['COMPATIBLE_BASE_URL'] ?? '');
  worker = await start({});
  api = client(worker.url);
});
afterAll(async () => {
  await worker.close();
  await model.close();
});

function start(vars: Record<string, string>): Promise<WorkerUnderTest> {
  return startWorker({
    COMPATIBLE_BASE_URL: model.url,
    COMPATIBLE_MODEL: 'demo,demo?ttft=1,demo?status=500',
    SUMMARY_MODEL,
    MEMORY_MAX: '64',
    ...vars,
  });
}

interface Prompt {
  model: string;
  messages: { role: string; content: unknown }[];
  tools: unknown;
}
const prompts = (): Prompt[] => model.requests.map(({ body }) => JSON.parse(body));
const answers = () => prompts().filter((prompt) => prompt.model === 'demo');
const summaryOf = async (id: string, from = api) => (await (await from.get(`/sessions/${id}`)).json()).summary;

/** How many messages the summary covers, once that is more than it was. */
async function nextSummary(id: string, covered: number): Promise<number> {
  await expect.poll(async () => (await summaryOf(id))?.message_count ?? 0).toBeGreaterThan(covered);
  return (await summaryOf(id)).message_count;
}

/** The part of the earlier prompt that the later one begins with, in bytes of their messages as they travel. */
function shared(earlier: Prompt, later: Prompt): number {
  const [one, other] = [earlier, later].map(({ messages }) => Buffer.from(JSON.stringify(messages)));
  if (!one || !other) return 0;
  const differs = one.findIndex((byte, index) => byte !== other[index]);
  return differs === -1 ? 1 : differs / one.length;
}

test('facts of the first turns outlive two summaries in a conversation of sixty turns, and prompts grow at their end', async () => {
  const id = await api.newSession({ title: 'Long', memory_limit: 64, system_prompt: 'Be kind.' });
  const facts = [
    'My name is Nilufar.',
    'My favourite colour is turquoise.',
    'My cat is called Pishi. My lucky number is 47.',
  ];
  const firstPrompts: Prompt[] = [];
  const lastPrompts: Prompt[] = [];
  let compactions = 0;
  let covered = 0;
  for (let turn = 1; turn <= 60; turn += 1) {
    model.requests.length = 0;
    const text =
      facts[turn - 1] ?? (turn % 6 === 0 ? `add a task to visit place ${turn}` : `Tell me about place ${turn}.`);
    expect((await api.say(id, text)).status).toBe(200);
    const [first] = answers();
    const last = answers().at(-1);
    if (!first || !last) throw new Error('No model was asked.');
    const before = lastPrompts.at(-1);
    const part = before ? shared(before, first) : 1;
    if (part < 0.9) compactions += 1;
    expect(JSON.stringify(first.tools)).toBe(JSON.stringify((firstPrompts[0] ?? first).tools));
    firstPrompts.push(first);
    lastPrompts.push(last);
    if (turn === 32 || turn === 48) {
      covered = await nextSummary(id, covered);
    }
  }
  expect(compactions).toBe(2);
  expect(covered).toBe(64);
  const said = async (content: string) => (await (await api.say(id, content)).json()).message.content;
  expect(await said('What is my name?')).toContain('Nilufar');
  expect(await said('What is my favourite colour?')).toContain('turquoise');
  expect(await said('What is my lucky number?')).toContain('47');
  const history = JSON.stringify(
    answers()
      .at(-1)
      ?.messages.map(({ role }) => role),
  );
  expect(history).not.toContain('"user","user"');
  expect(answers().at(-1)?.messages[0]).toEqual({ role: 'system', content: 'Be kind.' });
}, 120_000);

test('a summary is shown as one: what it says, up to which message, when, and by which model', async () => {
  const id = await api.newSession({ title: 'Shown', memory_limit: 8 });
  const ids: string[] = [];
  for (const text of ['My name is Nilufar.', 'two', 'three', 'four']) {
    const reply = await (await api.say(id, text)).json();
    ids.push(reply.message.metadata.id);
  }
  await expect.poll(() => summaryOf(id)).not.toBeNull();
  expect(await summaryOf(id)).toEqual({
    text: '- The user said: My name is Nilufar.',
    up_to_message: ids[1],
    message_count: 4,
    model: SUMMARY_MODEL,
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
  });
  const { history } = await (await api.get(`/sessions/${id}`)).json();
  expect(history).toHaveLength(8);
});

test('it delays nobody, costs no round trip before the model, and is written once however fast the turns follow', async () => {
  const redis = await startRecordingProxy(inject('vars')['UPSTASH_REDIS_REST_URL'] ?? '');
  onTestFinished(() => redis.close());
  const slow = await start({
    UPSTASH_REDIS_REST_URL: redis.url,
    COMPATIBLE_MODEL: 'demo,demo?ttft=1500',
    SUMMARY_MODEL: 'compatible/demo?ttft=1500',
  });
  onTestFinished(() => slow.close());
  const fast = client(slow.url);
  const id = await fast.newSession({ title: 'Fast', memory_limit: 8 });
  model.requests.length = 0;
  for (const text of ['My name is Nilufar.', 'two', 'three', 'four', 'five']) {
    redis.requests.length = 0;
    const since = model.requests.length;
    const startedAt = performance.now();
    expect((await fast.say(id, text)).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1500);
    const calledAt = model.requests.slice(since).find(({ body }) => JSON.parse(body).model === 'demo')?.startedAt ?? 0;
    const beginning = redis.requests.filter(({ startedAt, commands }) => startedAt < calledAt && commands.length > 1);
    expect(beginning).toHaveLength(1);
  }
  await expect.poll(() => summaryOf(id, fast), { timeout: 10_000 }).not.toBeNull();
  expect(prompts().filter((prompt) => prompt.model !== 'demo')).toHaveLength(1);
});

test('a model that fails leaves the earlier summary, and the turns go on', async () => {
  const failing = await start({ SUMMARY_MODEL: 'compatible/demo?status=500' });
  onTestFinished(() => failing.close());
  const unlucky = client(failing.url);
  const id = await unlucky.newSession({ title: 'Unlucky', memory_limit: 8 });
  for (let turn = 0; turn < 8; turn += 1) expect((await unlucky.say(id, `turn ${turn}`)).status).toBe(200);
  await expect.poll(() => failing.logs().filter((line) => line.includes('summary_failed')).length).toBe(1);
  expect(await summaryOf(id, unlucky)).toBeNull();
  expect(
    answers()
      .at(-1)
      ?.messages.filter(({ role }) => role === 'user').length,
  ).toBeLessThanOrEqual(5);
});

test('MEMORY_SUMMARY=off asks no model, and the window moves all the same', async () => {
  const plain = await start({ MEMORY_SUMMARY: 'off' });
  onTestFinished(() => plain.close());
  const off = client(plain.url);
  const id = await off.newSession({ title: 'Off', memory_limit: 12 });
  model.requests.length = 0;
  for (let turn = 0; turn < 12; turn += 1) expect((await off.say(id, `turn ${turn}`)).status).toBe(200);
  expect(prompts().map((prompt) => prompt.model)).toEqual(Array.from({ length: 12 }, () => 'demo'));
  const users = answers().map(({ messages }) => messages.filter(({ role }) => role === 'user').length);
  expect(users.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(Math.max(...users)).toBeLessThanOrEqual(7);
  expect(await summaryOf(id, off)).toBeNull();
});
