import { readUIMessageStream, type UIMessage } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GUIDE, reader } from './knowledge-reader.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());
const visitor = () => reader(worker.url);

test('a chat turn looks into the documents, and its sources become parts of the answer that later turns can follow', async () => {
  const api = visitor();
  await api.ingest([
    { library: 'en', source: 'guide.md', text: GUIDE },
    { library: 'web', source: 'https://example.com/hours', title: 'Hours', text: 'The shop opens at nine.' },
  ]);
  const id = await api.newSession();
  const ask = (name: string, input: object) => api.stream(id, `use the tool ${name} with ${JSON.stringify(input)}`);
  const question = { question: 'how often are keys rotated?', resources_to_retrieve_from: 'en' };
  const [answer] = await messagesOf(await ask('get_context_from_resources', question));
  const sources = answer?.parts.filter(({ type }) => type.startsWith('source')) ?? [];
  expect(sources[0]).toEqual({
    type: 'source-document',
    sourceId: expect.stringMatching(/:\d+$/),
    mediaType: 'text/markdown',
    title: 'Guide › Keys',
    filename: 'guide.md',
    providerMetadata: {
      edgewise: { source: 'guide.md', library: 'en', headings: ['Guide', 'Keys'], start: 19, end: 63, score: 1 },
    },
  });
  const second = await (await ask('get_context_from_resources', { question: 'when does the shop open?' })).text();
  expect(second).toContain('"type":"source-url"');
  expect(second).toContain('"url":"https://example.com/hours"');
  expect(await (await ask('list_libraries', {})).text()).toContain('\\"name\\":\\"web\\"');
  expect(
    await (await ask('get_context_from_resources', { question: 'x', resources_to_retrieve_from: 'no' })).text(),
  ).toMatch(/There is no library `no`. There are: en, .*web/);
  expect(await (await ask('get_context_from_resources', { question: '' })).text()).toMatch(/question/);
  const { messages } = await api.json(`/sessions/${id}`);
  expect(JSON.stringify(messages)).toContain('source-document');
});

async function messagesOf(response: Response): Promise<UIMessage[]> {
  const text = await response.text();
  const chunks = [...text.matchAll(/^data: (\{.*\})$/gm)].map(([, json = '']) => JSON.parse(json));
  const stream = new ReadableStream({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(chunk));
      controller.close();
    },
  });
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream })) last = message;
  return last ? [last] : [];
}
