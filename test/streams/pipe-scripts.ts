import { errorOf, nameOf, numbers, readAll, settle, type Script } from './trace.ts';

/** Pipes into a writable stream of the platform, which is not replaced, and into transforms. */
export const pipeScripts: Record<string, Script> = {
  'all is written and closed': async (classes) => {
    const { writable, log } = target();
    await numbers(classes, 3).pipeTo(writable);
    return log;
  },
  'the target stays open when asked': async (classes) => {
    const { writable, log } = target();
    await numbers(classes, 2).pipeTo(writable, { preventClose: true });
    await writable.getWriter().write('more');
    return log;
  },
  'a source that fails aborts the target': async ({ ReadableStream }) => {
    const { writable, log } = target();
    const failing = new ReadableStream({ pull: () => Promise.reject(new RangeError('source')) });
    return [await errorOf(() => failing.pipeTo(writable)), log];
  },
  'a target that fails cancels the source': async (classes) => {
    const log: unknown[] = [];
    const writable = new WritableStream({ write: () => Promise.reject(new RangeError('full')) });
    return [await errorOf(() => numbers(classes, Infinity, log).pipeTo(writable)), log];
  },
  'a target that fails while nothing comes cancels the source': async ({ ReadableStream }) => {
    const log: unknown[] = [];
    const silent = new ReadableStream({ cancel: (reason) => void log.push(nameOf(reason)) });
    const { promise, resolve } = Promise.withResolvers<WritableStreamDefaultController>();
    const piped = errorOf(() => silent.pipeTo(new WritableStream({ start: resolve })));
    await settle();
    (await promise).error(new RangeError('broken'));
    return [await piped, log];
  },
  'a signal ends both': async ({ ReadableStream }) => {
    const stop = new AbortController();
    const { writable, log } = target();
    const silent = new ReadableStream({ cancel: (reason) => void log.push(`source: ${nameOf(reason)}`) });
    const piped = errorOf(() => silent.pipeTo(writable, { signal: stop.signal }));
    await settle();
    stop.abort(new RangeError('stop'));
    return [await piped, new Set(log)];
  },
  'a signal that has fired before': async (classes) => {
    const { writable } = target();
    return errorOf(() => numbers(classes, 3).pipeTo(writable, { signal: AbortSignal.abort(new RangeError('stop')) }));
  },
  'into a transform by its writable side': async (classes) => {
    const { readable, writable } = new classes.TransformStream();
    const read = readAll(readable);
    await numbers(classes, 3).pipeTo(writable);
    return read;
  },
  'through the platform and back': (classes) => {
    const native = new globalThis.TransformStream<number, string>({
      transform: (number, controller) => controller.enqueue(`number ${number}`),
    });
    return readAll(numbers(classes, 5).pipeThrough(native));
  },
  instanceof: async ({ ReadableStream, TransformStream }) => {
    const own = [new ReadableStream() instanceof ReadableStream, new TransformStream() instanceof TransformStream];
    const native = [
      new Response('').body instanceof ReadableStream,
      new globalThis.TransformStream() instanceof TransformStream,
    ];
    const readable: unknown = new TransformStream().readable;
    const other: unknown[] = [{}, null, 'text', new TransformStream()];
    return [own, native, readable instanceof ReadableStream, other.map((value) => value instanceof ReadableStream)];
  },
};

function target(): { writable: WritableStream<unknown>; log: unknown[] } {
  const log: unknown[] = [];
  const writable = new WritableStream({
    write: (chunk) => void log.push(chunk),
    close: () => void log.push('closed'),
    abort: (reason) => void log.push(`aborted: ${nameOf(reason)}`),
  });
  return { writable, log };
}
