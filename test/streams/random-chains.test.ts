import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { memory, platform, type StreamClasses } from './stream-classes.ts';
import { nameOf, readAll, settle } from './trace.ts';

const stage = fc.record({
  kind: fc.constantFrom('pass', 'drop', 'double', 'later', 'tee', 'bare'),
  remainder: fc.nat(2),
  flushes: fc.boolean(),
});
type Stage = typeof stage extends fc.Arbitrary<infer Value> ? Value : never;

const source = fc.record({ perPull: fc.nat(3), slow: fc.constantFrom('no', 'microtask', 'timer') });
type Source = typeof source extends fc.Arbitrary<infer Value> ? Value : never;

test('a chain of any length that is read to its end', () =>
  fc.assert(
    fc.asyncProperty(source, fc.nat(25), fc.array(stage, { maxLength: 7 }), async (from, count, stages) => {
      const run = (classes: StreamClasses) => readAll(chain(classes, makeSource(classes, from, count, []), stages, []));
      expect(await run(memory)).toEqual(await run(platform));
    }),
    { numRuns: 300 },
  ));

const ending = fc.record({
  how: fc.constantFrom('throw', 'reject', 'error', 'terminate', 'cancel'),
  at: fc.integer({ min: 3, max: 12 }),
  afterChunk: fc.boolean(),
});
type Ending = typeof ending extends fc.Arbitrary<infer Value> ? Value : never;

test('a chain that ends somewhere in the middle: what is read, and who hears of it', () =>
  fc.assert(
    fc.asyncProperty(
      source,
      fc.array(stage, { maxLength: 3 }),
      ending,
      fc.array(stage, { maxLength: 3 }),
      async (from, before, end, after) => {
        const run = async (classes: StreamClasses) => {
          const log: string[] = [];
          const upper = chain(classes, makeSource(classes, from, Infinity, log), noTees(before), log);
          const lower = chain(classes, upper.pipeThrough(endingStage(classes, end)), noDoubles(noTees(after)), log);
          const read = end.how === 'cancel' ? await readSome(lower) : await readAll(lower);
          await settle();
          return { read, log: log.toSorted((a, b) => a.localeCompare(b)) };
        };
        expect(await run(memory)).toEqual(await run(platform));
      },
    ),
    { numRuns: 200 },
  ));

/** A branch that nobody cancels keeps the platform's tee from cancelling too, and what it holds back depends on timing. */
const noTees = (stages: Stage[]) => withoutStop(stages).filter(({ kind }) => kind !== 'tee');

/** An endless source must not be dropped whole. */
const withoutStop = (stages: Stage[]) => stages.map((stage) => ({ ...stage, remainder: 0 }));

/** An error drops what is queued, and the platform's comes earlier: it works ahead of the reader. */
const noDoubles = (stages: Stage[]) => stages.filter(({ kind }) => kind !== 'double');

function makeSource({ ReadableStream }: StreamClasses, { perPull, slow }: Source, count: number, log: string[]) {
  let next = 0;
  return new ReadableStream<number>({
    async pull(controller) {
      if (slow === 'microtask') await Promise.resolve();
      if (slow === 'timer' && next % 5 === 0) await settle(0);
      for (let index = 0; index <= perPull && next < count; index++) controller.enqueue(next++);
      if (next >= count) controller.close();
    },
    cancel: (reason) => void log.push(`source: ${nameOf(reason)}`),
  });
}

function chain(classes: StreamClasses, stream: ReadableStream<number>, stages: Stage[], log: string[]) {
  let end = stream;
  for (const [index, { kind, remainder, flushes }] of stages.entries()) {
    if (kind === 'tee') {
      const [first, second] = end.tee();
      void readAll(first);
      end = second;
      continue;
    }
    const transformer = {
      ...(kind !== 'bare' && {
        transform(number: number, controller: TransformStreamDefaultController<number>) {
          if (kind === 'drop' && number % 3 === remainder) return;
          if (kind === 'later') return Promise.resolve().then(() => controller.enqueue(number));
          controller.enqueue(number);
          if (kind === 'double') controller.enqueue(number + 1000);
        },
      }),
      ...(flushes && { flush: (controller: TransformStreamDefaultController<number>) => controller.enqueue(7) }),
      cancel: (reason: unknown) => void log.push(`stage ${index}: ${nameOf(reason)}`),
    };
    end = end.pipeThrough(new classes.TransformStream<number, number>(transformer));
  }
  return end;
}

function endingStage({ TransformStream }: StreamClasses, { how, at, afterChunk }: Ending) {
  let chunks = 0;
  return new TransformStream<number, number>({
    transform(number, controller) {
      if (++chunks < at || how === 'cancel') return controller.enqueue(number);
      if (afterChunk) controller.enqueue(number);
      if (how === 'throw') throw new Error('thrown');
      if (how === 'reject') return Promise.reject(new Error('rejected'));
      if (how === 'error') controller.error(new Error('told'));
      else controller.terminate();
    },
  });
}

async function readSome(stream: ReadableStream<number>): Promise<unknown[]> {
  const reader = stream.getReader();
  const read = [await reader.read(), await reader.read(), await reader.read()];
  await reader.cancel('enough');
  return [...read, await reader.read()];
}
