import { describe, expect, test } from 'vitest';
import { MemoryReadableStream } from '../../src/streams/memory-readable-stream.ts';
import { pipeScripts } from './pipe-scripts.ts';
import { readableScripts } from './readable-scripts.ts';
import { readerScripts } from './reader-scripts.ts';
import { memory, platform } from './stream-classes.ts';
import { readAll } from './trace.ts';
import { transformScripts } from './transform-scripts.ts';

describe.each(Object.entries({ readableScripts, readerScripts, transformScripts, pipeScripts }))(
  '%s',
  (_kind, scripts) => {
    test.each(Object.entries(scripts))('%s: as on the platform', async (_name, script) => {
      expect(await script(memory)).toEqual(await script(platform));
    });
  },
);

test('the next transform never runs inside enqueue, which the platform sometimes does', async () => {
  let inside = false;
  const first = new memory.TransformStream<number>({
    transform(number, controller) {
      inside = true;
      controller.enqueue(number);
      inside = false;
    },
  });
  const second = new memory.TransformStream<number, boolean>({
    transform: (_, controller) => controller.enqueue(inside),
  });
  const read = await readAll(memory.ReadableStream.from([1, 2]).pipeThrough(first).pipeThrough(second));
  expect(read).toEqual([false, false, 'the end']);
});

test('a stream is not filled before somebody reads', async () => {
  const pulls: number[] = [];
  const stream = new memory.ReadableStream({ pull: (controller) => controller.enqueue(pulls.push(1)) });
  const reader = stream.pipeThrough(new memory.TransformStream()).getReader();
  await Promise.resolve();
  expect(pulls).toEqual([]);
  expect(await reader.read()).toEqual({ done: false, value: 1 });
});

test('what is not supported is refused', () => {
  expect(() => new memory.ReadableStream({ type: 'bytes' })).toThrow(TypeError);
  expect(() => new memory.ReadableStream().getReader({ mode: 'byob' })).toThrow(TypeError);
  expect(() => String(new MemoryReadableStream())).toThrow('toPlatform()');
});
