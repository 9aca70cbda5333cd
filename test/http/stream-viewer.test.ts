import { expect, test } from 'vitest';
import { streamViewer } from '../../src/http/stream-viewer.ts';
import type { JournalChunk } from '../../src/journal/turn-journal.ts';
import { uiStreamEncoder } from '../../src/wire/ui-stream-encoder.ts';
import { manualClock } from '../fakes/manual-clock.ts';

const delta = (seq: number, text = `w${seq}`): JournalChunk => ({
  seq,
  chunk: { type: 'text-delta', id: 't', delta: text },
});
const never = new Promise<void>(() => undefined);
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('what is written in one go leaves in one write, and the end closes the stream properly', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const viewer = streamViewer(writable, uiStreamEncoder('turn_1'), manualClock(), never);
  const reader = readable.getReader();
  viewer.write(delta(1));
  viewer.write(delta(2));
  const first = await reader.read();
  expect(new TextDecoder().decode(first.value)).toMatchInlineSnapshot(`
    "id: turn_1:1
    data: {"type":"text-delta","id":"t","delta":"w1"}

    id: turn_1:2
    data: {"type":"text-delta","id":"t","delta":"w2"}

    "
  `);
  const closing = viewer.close();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('data: [DONE]\n\n');
  expect((await reader.read()).done).toBe(true);
  await closing;
});

test('a quiet connection gets a heartbeat every 15 s', async () => {
  const written: string[] = [];
  const writable = new WritableStream<Uint8Array>({
    write: (chunk) => void written.push(new TextDecoder().decode(chunk)),
  });
  const clock = manualClock();
  streamViewer(writable, uiStreamEncoder('turn_1'), clock, never);
  await clock.pass(45_000);
  expect(written).toEqual([': heartbeat\n\n', ': heartbeat\n\n', ': heartbeat\n\n']);
});

test('a client that takes nothing is dropped past 256 KiB, and writing on does no harm', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const viewer = streamViewer(writable, uiStreamEncoder('turn_1'), manualClock(), never);
  viewer.write(delta(1));
  await settle();
  for (let seq = 2; seq < 40; seq++) viewer.write(delta(seq, 'x'.repeat(10_000)));
  await viewer.close();
  await expect(readable.getReader().read()).rejects.toThrow('too slow');
});

test('a replay that waits for room never drops its client, however much there is to show', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const viewer = streamViewer(writable, uiStreamEncoder('turn_1'), manualClock(), never);
  const text = new Response(readable).text();
  const entries = Array.from({ length: 100 }, (_, index) => delta(index + 1, 'x'.repeat(10_000)));
  await viewer.replay(entries, 0);
  await viewer.close();
  expect((await text).match(/^id: /gm)).toHaveLength(100);
});

test('one chunk that is larger than the limit reaches its client', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const viewer = streamViewer(writable, uiStreamEncoder('turn_1'), manualClock(), never);
  const text = new Response(readable).text();
  viewer.write(delta(1, 'x'.repeat(500_000)));
  await viewer.close();
  expect(await text).toContain('[DONE]');
});

test('a client that left does not disturb the writer', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const viewer = streamViewer(writable, uiStreamEncoder('turn_1'), manualClock(), never);
  await readable.cancel();
  viewer.write(delta(1));
  await settle();
  viewer.write(delta(2));
  await expect(viewer.close()).resolves.toBeUndefined();
});

test('closing does not wait for ever for a client that stalls', async () => {
  const writable = new WritableStream<Uint8Array>({ write: () => new Promise(() => undefined) });
  const clock = manualClock();
  const viewer = streamViewer(writable, uiStreamEncoder('turn_1'), clock, never);
  viewer.write(delta(1));
  await settle();
  const closing = viewer.close();
  await clock.pass(10_000);
  await expect(closing).resolves.toBeUndefined();
});
