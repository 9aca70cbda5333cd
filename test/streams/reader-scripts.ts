import { errorOf, numbers, readAll, settle, type Script } from './trace.ts';

/** What readers and branches of a stream are asked to do. */
export const readerScripts: Record<string, Script> = {
  'one reader at a time': async (classes) => {
    const stream = numbers(classes, 2);
    const reader = stream.getReader();
    const locked = [stream.locked, await errorOf(() => stream.getReader()), await errorOf(() => stream.cancel())];
    const others = [
      await errorOf(() => stream.tee()),
      await errorOf(() => stream.pipeThrough(new classes.TransformStream())),
    ];
    reader.releaseLock();
    return [locked, others, stream.locked, await readAll(stream)];
  },
  'a released reader': async ({ ReadableStream }) => {
    const reader = new ReadableStream().getReader();
    const waiting = errorOf(() => reader.read());
    reader.releaseLock();
    return [await waiting, await errorOf(() => reader.read()), await errorOf(() => reader.cancel())];
  },
  'cancel tells the source': async (classes) => {
    const log: unknown[] = [];
    const reader = numbers(classes, Infinity, log).getReader();
    await reader.read();
    await reader.cancel('enough');
    return [log, await reader.read()];
  },
  'cancel ends a read that waits': async ({ ReadableStream }) => {
    const reader = new ReadableStream({ pull: () => new Promise(() => {}) }).getReader();
    const waiting = reader.read();
    await settle();
    void reader.cancel();
    return waiting;
  },
  'a cancel that fails': ({ ReadableStream }) =>
    errorOf(() => new ReadableStream({ cancel: () => Promise.reject(new Error('no')) }).cancel()),
  'cancel of a failed stream': ({ ReadableStream }) =>
    errorOf(() => new ReadableStream({ start: (controller) => controller.error(new RangeError('no')) }).cancel()),
  'many reads at once': async ({ ReadableStream }) => {
    const { promise, resolve } = Promise.withResolvers<ReadableStreamDefaultController<string>>();
    const reader = new ReadableStream<string>({ start: resolve }).getReader();
    const reads = [reader.read(), reader.read(), reader.read()];
    const controller = await promise;
    controller.enqueue('a');
    controller.enqueue('b');
    controller.close();
    return Promise.all(reads);
  },
  'many reads of a pulled source': (classes) => {
    const reader = numbers(classes, 2).getReader();
    return Promise.all([reader.read(), reader.read(), reader.read()]);
  },
  'closed resolves when all is read': async ({ ReadableStream }) => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(1);
        controller.close();
      },
    });
    const reader = stream.getReader();
    let closed = false;
    void reader.closed.then(() => (closed = true));
    await settle();
    const before = closed;
    await reader.read();
    await settle();
    return [before, closed];
  },
  'closed rejects with the error': async ({ ReadableStream }) => {
    const reader = new ReadableStream({ pull: () => Promise.reject(new RangeError('no')) }).getReader();
    return [await errorOf(() => reader.read()), await errorOf(() => reader.closed)];
  },
  'a tee gives both all': async (classes) => {
    const [first, second] = numbers(classes, 10).tee();
    return Promise.all([readAll(first), readAll(second)]);
  },
  'a tee read one after the other': async (classes) => {
    const [first, second] = numbers(classes, 10).tee();
    return [await readAll(first), await readAll(second)];
  },
  'a tee of a tee': async (classes) => {
    const [first, rest] = numbers(classes, 3).tee();
    const [second, third] = rest.tee();
    return Promise.all([readAll(first.pipeThrough(new classes.TransformStream())), readAll(second), readAll(third)]);
  },
  'a tee of a source that fails': async ({ ReadableStream }) => {
    const [first, second] = new ReadableStream({ pull: () => Promise.reject(new Error('no')) }).tee();
    return Promise.all([readAll(first), readAll(second)]);
  },
  'a tee is cancelled when both branches are': async (classes) => {
    const log: unknown[] = [];
    const [first, second] = numbers(classes, Infinity, log).tee();
    const one = first.cancel('x').then(() => log.push('the first is over'));
    await settle();
    log.push('one is cancelled');
    await second.cancel('y');
    await one;
    return log;
  },
  'one branch goes on when the other is cancelled': async (classes) => {
    const [first, second] = numbers(classes, 4).tee();
    const cancelled = first.cancel();
    const read = await readAll(second);
    await cancelled;
    return read;
  },
};
