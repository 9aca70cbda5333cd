import { errorOf, nameOf, numbers, readAll, settle, type Script } from './trace.ts';

/** What transforms are asked to do. */
export const transformScripts: Record<string, Script> = {
  'six in a row': (classes) => {
    let stream = numbers(classes, 30);
    for (let index = 0; index < 6; index++) {
      const twice = { transform: (n: number, c: TransformStreamDefaultController<number>) => c.enqueue(n * 2) };
      stream = stream.pipeThrough(new classes.TransformStream(twice));
    }
    return readAll(stream);
  },
  'no transformer': (classes) => readAll(numbers(classes, 3).pipeThrough(new classes.TransformStream())),
  'more and fewer chunks': (classes) => {
    const some = new classes.TransformStream<number, unknown>({
      transform(number, controller) {
        if (number % 2 === 0) return;
        controller.enqueue(number);
        controller.enqueue(`${number} again`);
      },
    });
    const slow = new classes.TransformStream<unknown, unknown>({
      async transform(chunk, controller) {
        await settle(1);
        controller.enqueue([chunk]);
      },
      flush: (controller) => controller.enqueue('flushed'),
    });
    return readAll(numbers(classes, 5).pipeThrough(some).pipeThrough(slow));
  },
  'one chunk at a time': async (classes) => {
    let busy = 0;
    const most: number[] = [];
    const slow = new classes.TransformStream<number, number>({
      async transform(number, controller) {
        most.push(++busy);
        await settle(5 - number);
        controller.enqueue(number);
        busy--;
      },
    });
    return [await readAll(numbers(classes, 4).pipeThrough(slow)), most];
  },
  'a slow start and a slow flush': (classes) => {
    const transform = new classes.TransformStream<number, unknown>({
      start: (controller) => settle().then(() => controller.enqueue('started')),
      flush: (controller) => settle().then(() => controller.enqueue('flushed')),
    });
    return readAll(numbers(classes, 2).pipeThrough(transform));
  },
  'a start, a flush that fail': async (classes) => {
    const fail = () => Promise.reject(new Error('no'));
    const starting = numbers(classes, 2).pipeThrough(new classes.TransformStream({ start: fail }));
    const flushing = numbers(classes, 2).pipeThrough(new classes.TransformStream({ flush: fail }));
    return [await readAll(starting), await readAll(flushing)];
  },
  'a transform that throws after a chunk': async (classes) => {
    const log: unknown[] = [];
    const transform = new classes.TransformStream<number, number>({
      transform(number, controller) {
        controller.enqueue(number);
        if (number === 3) throw new Error('bad');
      },
    });
    const read = await readAll(numbers(classes, Infinity, log).pipeThrough(transform));
    await settle();
    return [read, log];
  },
  'terminate and controller.error': async (classes) => {
    const log: unknown[] = [];
    const ending = (how: 'terminate' | 'error') =>
      new classes.TransformStream<number, number>({
        transform(number, controller) {
          controller.enqueue(number);
          if (number === 4) controller[how](new Error('told'));
        },
      });
    const terminated = await readAll(numbers(classes, Infinity, log).pipeThrough(ending('terminate')));
    const failed = await readAll(numbers(classes, Infinity, log).pipeThrough(ending('error')));
    await settle();
    return [terminated, failed, log];
  },
  'cancel goes up the chain': async (classes) => {
    const log: unknown[] = [];
    const hearing = () => new classes.TransformStream<number>({ cancel: (reason) => void log.push(reason) });
    const stream = numbers(classes, Infinity, log).pipeThrough(hearing()).pipeThrough(hearing());
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel('stop');
    await settle();
    return [log, await reader.read()];
  },
  'cancel does not wait for the source': async (classes) => {
    const [branch] = numbers(classes).tee();
    const over = branch.pipeThrough(new classes.TransformStream()).cancel('stop');
    return Promise.race([over, settle(20).then(() => 'it waits')]);
  },
  'a cancel that fails': async (classes) => {
    const log: unknown[] = [];
    const failing = new classes.TransformStream({ cancel: () => Promise.reject(new RangeError('no')) });
    const stream = numbers(classes, Infinity, log).pipeThrough(failing);
    const failed = await errorOf(() => stream.cancel('stop'));
    await settle();
    return [failed, log];
  },
  'an error comes down the chain': async (classes) => {
    const log: unknown[] = [];
    const failing = new classes.ReadableStream({
      pull: () => settle(1).then(() => Promise.reject(new Error('source'))),
    });
    const hearing = () => new classes.TransformStream({ cancel: (reason) => void log.push(String(reason)) });
    return [await readAll(failing.pipeThrough(hearing()).pipeThrough(hearing())), log];
  },
  'written by hand': async ({ TransformStream }) => {
    const transform = new TransformStream<number, unknown>({
      transform: (number, controller) => controller.enqueue(number + 1),
      flush: (controller) => controller.enqueue('flushed'),
    });
    const writer = transform.writable.getWriter();
    const read = readAll(transform.readable);
    for (let number = 0; number < 5; number++) await writer.write(number);
    await writer.close();
    await writer.closed;
    return [await read, await errorOf(() => writer.write(9))];
  },
  'a write waits for a reader': async ({ TransformStream }) => {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    let written = false;
    const first = writer.write(1).then(() => (written = true));
    await settle();
    const before = written;
    const read = await readable.getReader().read();
    await first;
    return [before, read, written];
  },
  'aborted by the writer': async ({ TransformStream }) => {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    const read = readAll(readable);
    await writer.write(1);
    await writer.abort(new RangeError('aborted'));
    return [(await read).at(-1), await errorOf(() => writer.closed), await errorOf(() => writer.write(2))];
  },
  'the writer learns that nobody reads': async ({ TransformStream }) => {
    const { readable, writable } = new TransformStream();
    const writer = writable.getWriter();
    await readable.cancel(new RangeError('gone'));
    return [await errorOf(() => writer.closed), await errorOf(() => writer.write(1))];
  },
  'text cut in the middle of characters': async (classes) => {
    const bytes = new TextEncoder().encode('aé漢😀z');
    const pieces = classes.ReadableStream.from([...bytes].map((byte) => new Uint8Array([byte])));
    const read = await readAll(pieces.pipeThrough(new classes.TextDecoderStream()));
    return read.join('');
  },
  'bytes that are no text': async (classes) => {
    const bytes = () => classes.ReadableStream.from([new Uint8Array([0x61, 0xc3])]);
    const lenient = await readAll(bytes().pipeThrough(new classes.TextDecoderStream()));
    const strict = await readAll(bytes().pipeThrough(new classes.TextDecoderStream('utf-8', { fatal: true })));
    return [lenient.join(''), nameOf(strict.at(-1)).includes('TypeError')];
  },
  'text to bytes': async (classes) => {
    const parts = classes.ReadableStream.from(['a', '', 'é', '\ud83d', '\ude00', '\ud83d']);
    const read = await readAll(parts.pipeThrough(new classes.TextEncoderStream()));
    return read.flatMap((part) => (part instanceof Uint8Array ? [...part] : [part]));
  },
};
