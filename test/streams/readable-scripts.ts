import { errorOf, numbers, readAll, settle, type Script } from './trace.ts';

/** What a readable stream is asked to do. */
export const readableScripts: Record<string, Script> = {
  'one chunk a pull': (classes) => readAll(numbers(classes, 50)),
  'many chunks a pull': ({ ReadableStream }) => {
    let next = 0;
    return readAll(
      new ReadableStream({
        pull(controller) {
          for (let index = 0; index < 7; index++) controller.enqueue(next++);
          if (next > 60) controller.close();
        },
      }),
    );
  },
  'a slow pull': ({ ReadableStream }) => {
    let next = 0;
    return readAll(
      new ReadableStream({
        async pull(controller) {
          await settle(1);
          if (next < 5) controller.enqueue(next++);
          else controller.close();
        },
      }),
    );
  },
  'chunks pushed from outside': async ({ ReadableStream }) => {
    const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<number>>();
    const read = readAll(new ReadableStream<number>({ start: resolve }));
    const controller = await promise;
    controller.enqueue(1);
    await settle();
    controller.enqueue(2);
    controller.enqueue(3);
    await settle();
    controller.close();
    return read;
  },
  'a slow start': async ({ ReadableStream }) => {
    const log: string[] = [];
    const stream = new ReadableStream({
      async start(controller) {
        await settle();
        log.push('started');
        controller.enqueue('a');
      },
      pull(controller) {
        log.push('pulled');
        controller.close();
      },
    });
    return [await readAll(stream), log];
  },
  'a start that fails': ({ ReadableStream }) =>
    readAll(new ReadableStream({ start: () => Promise.reject(new Error('no start')) })),
  'an error drops what is queued': ({ ReadableStream }) =>
    readAll(
      new ReadableStream({
        start(controller) {
          controller.enqueue(1);
          controller.error(new Error('boom'));
        },
      }),
    ),
  'an error keeps what somebody waits for': async ({ ReadableStream }) => {
    const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<number>>();
    const read = readAll(new ReadableStream<number>({ start: resolve }));
    const controller = await promise;
    controller.enqueue(1);
    controller.enqueue(2);
    controller.error(new Error('boom'));
    return read;
  },
  'a pull that throws': ({ ReadableStream }) =>
    readAll(
      new ReadableStream({
        pull() {
          throw new Error('pulled');
        },
      }),
    ),
  'a pull that rejects': ({ ReadableStream }) =>
    readAll(new ReadableStream({ pull: () => Promise.reject(new Error('pulled')) })),
  'a pull that brings nothing is not repeated': async ({ ReadableStream }) => {
    let pulls = 0;
    const stream = new ReadableStream({ pull: () => void pulls++ }, { highWaterMark: 0 });
    void stream.getReader().read();
    await settle();
    return pulls;
  },
  'close after chunks': ({ ReadableStream }) =>
    readAll(
      new ReadableStream({
        start(controller) {
          controller.enqueue(undefined);
          controller.enqueue(null);
          controller.close();
        },
      }),
    ),
  'a controller after the end': async ({ ReadableStream }) => {
    const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<number>>();
    const stream = new ReadableStream<number>({ start: resolve });
    const controller = await promise;
    controller.close();
    const errors = [await errorOf(() => controller.enqueue(1)), await errorOf(() => controller.close())];
    return [errors, await errorOf(() => controller.error(new Error('late'))), await readAll(stream)];
  },
  'a controller after cancel': async ({ ReadableStream }) => {
    const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<number>>();
    const stream = new ReadableStream<number>({ start: resolve });
    const controller = await promise;
    await stream.cancel();
    return [
      await errorOf(() => controller.enqueue(1)),
      await errorOf(() => controller.close()),
      controller.desiredSize,
    ];
  },
  'desired sizes': async ({ ReadableStream }) => {
    const sizes: (number | null)[] = [];
    const stream = new ReadableStream(
      {
        start(controller) {
          sizes.push(controller.desiredSize);
          controller.enqueue(1);
          sizes.push(controller.desiredSize);
          controller.close();
          sizes.push(controller.desiredSize);
        },
      },
      { highWaterMark: 3 },
    );
    return [sizes, await readAll(stream)];
  },
  'from a list and from a generator': async ({ ReadableStream }) => {
    async function* letters() {
      yield* ['a', 'b'];
    }
    return [await readAll(ReadableStream.from([1, Promise.resolve(2)])), await readAll(ReadableStream.from(letters()))];
  },
  'for await': async (classes) => {
    const seen: number[] = [];
    for await (const number of numbers(classes, 3)) seen.push(number);
    return seen;
  },
  'leaving for await cancels': async (classes) => {
    const log: unknown[] = [];
    const stream = numbers(classes, Infinity, log);
    for await (const number of stream) if (number === 2) break;
    return [log, stream.locked];
  },
  'leaving for await without cancel': async (classes) => {
    const stream = numbers(classes, 5);
    for await (const number of stream.values({ preventCancel: true })) if (number === 2) break;
    return readAll(stream);
  },
};
