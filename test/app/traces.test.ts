import { expect, onTestFinished, test } from 'vitest';
import { client } from './client.ts';
import { startOtlpCollector, type CollectedSpan } from './otlp-collector.ts';
import { startWorker } from './start-worker.ts';

const CONTENT = 'buy seventeen pomegranates';
const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';

async function traced(vars: Record<string, string> = {}, status?: number) {
  const collector = await startOtlpCollector(status);
  const worker = await startWorker({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...vars });
  onTestFinished(async () => {
    collector.close();
    await worker.close();
  });
  return { collector, worker, api: client(worker.url) };
}

const attribute = ({ attributes }: CollectedSpan, name: string) =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

test('a turn is a trace of its own span, its model calls and its tool calls, in the trace of the client', async () => {
  const { api, collector } = await traced({
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=edge, authorization=Bearer%20collector',
  });
  const id = await api.newSession();
  const traceparent = `00-${TRACE_ID}-${PARENT_ID}-01`;
  await (
    await api.send('POST', `/sessions/${id}/messages`, { content: `add a task to ${CONTENT}` }, { traceparent })
  ).json();
  await expect.poll(() => collector.spans.length).toBe(4);
  expect(collector.headers[0]).toMatchObject({ 'x-team': 'edge', authorization: 'Bearer collector' });

  const [turn, ...calls] = collector.spans;
  if (!turn) throw new Error('There is no span.');
  expect(turn).toMatchObject({ name: 'invoke_agent edgewise', traceId: TRACE_ID, parentSpanId: PARENT_ID, kind: 1 });
  expect(attribute(turn, 'edgewise.turn.outcome')).toBe('complete');
  expect(Number(attribute(turn, 'gen_ai.usage.output_tokens'))).toBeGreaterThan(0);
  expect(calls.map(({ name }) => name.split(' ')[0])).toEqual(['chat', 'execute_tool', 'chat']);
  for (const call of calls) {
    expect(call).toMatchObject({ traceId: TRACE_ID, parentSpanId: turn.spanId, status: {} });
    expect(call.endTimeUnixNano >= call.startTimeUnixNano).toBe(true);
    expect(call.startTimeUnixNano >= turn.startTimeUnixNano && call.endTimeUnixNano <= turn.endTimeUnixNano).toBe(true);
  }
  const [first, tool] = calls;
  expect(first && attribute(first, 'gen_ai.provider.name')).toBe('compatible');
  expect(tool && attribute(tool, 'gen_ai.tool.name')).toBe('add_task');
  const text = JSON.stringify(collector.spans);
  for (const hidden of ['pomegranates', id]) expect(text).not.toContain(hidden);
});

test('what is said is in it only where that was asked for', async () => {
  const { api, collector } = await traced({ OTEL_CAPTURE_CONTENT: 'true' });
  await (await api.say(await api.newSession(), `add a task to ${CONTENT}`)).json();
  await expect.poll(() => collector.spans.length).toBe(4);
  const [, first, tool] = collector.spans;
  expect(first && attribute(first, 'gen_ai.input.messages')).toContain(CONTENT);
  expect(tool && attribute(tool, 'gen_ai.tool.call.arguments')).toContain('pomegranates');
});

test('a turn that fails is told as a failure', async () => {
  const { api, collector } = await traced({ COMPATIBLE_BASE_URL: 'http://127.0.0.1:1/v1' });
  expect((await api.say(await api.newSession(), 'Hello')).status).toBe(502);
  await expect.poll(() => collector.spans.length).toBe(2);
  const [turn, call] = collector.spans;
  expect(turn && attribute(turn, 'error.type')).toBe('provider_error');
  expect([turn?.status, call?.status]).toEqual([{ code: 2 }, { code: 2 }]);
});

test.each([
  ['is away', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' }, 'spans_lost'],
  ['refuses', {}, 'spans_refused'],
])('a collector that %s costs spans, and no turn', async (_, vars, event) => {
  const { api, worker } = await traced(vars, 503);
  expect((await api.say(await api.newSession(), 'Hello')).status).toBe(200);
  await expect.poll(() => worker.logs().filter((line) => line.includes(event)).length).toBe(1);
});
