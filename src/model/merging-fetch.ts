import { MemoryReadableStream } from '../streams/memory-readable-stream.ts';
import { mergeEvents } from './merge-events.ts';

type Fetch = typeof globalThis.fetch;

/** Less holds a few events at most, which is how a model of ordinary speed arrives: not worth a look. */
const WORTHWHILE_BYTES = 1024;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * `base` for a provider whose model may be faster than its tokens are worth: of the events that arrive together, neighbours that only
 * go on with one text become one, before the SDK pays for each. Nothing is held back, so nothing arrives later.
 */
export function mergingFetch(base: Fetch = (input, init) => fetch(input, init)): Fetch {
  return async (input, init) => {
    const response = await base(input, init);
    const { body } = response;
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    if (!body || !response.ok || !isStream) return response;
    let merged: MemoryReadableStream<Uint8Array> | undefined;
    return Object.defineProperty(response, 'body', { get: () => (merged ??= mergeArrivals(body)) });
  };
}

function mergeArrivals(body: ReadableStream<Uint8Array>): MemoryReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new MemoryReadableStream<Uint8Array>({
    async pull(controller) {
      reader ??= body.getReader();
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(mergeArrival(value));
    },
    cancel: (reason) => (reader ?? body).cancel(reason),
  });
}

/** The whole events of what arrived, merged, between the end of one before and the beginning of one after them. */
export function mergeArrival(bytes: Uint8Array): Uint8Array {
  if (bytes.length < WORTHWHILE_BYTES) return bytes;
  const from = afterBlankLine(bytes, 1, 1);
  const to = afterBlankLine(bytes, bytes.length - 1, -1);
  if (from === null || to === null || to <= from) return bytes;
  const middle = new TextEncoder().encode(mergeEvents(new TextDecoder().decode(bytes.subarray(from, to))));
  const result = new Uint8Array(from + middle.length + bytes.length - to);
  result.set(bytes.subarray(0, from));
  result.set(middle, from);
  result.set(bytes.subarray(to), from + middle.length);
  return result;
}

/** Where the event begins that follows the first empty line met; null when there is none. */
function afterBlankLine(bytes: Uint8Array, start: number, step: 1 | -1): number | null {
  for (let at = start; at > 0 && at < bytes.length; at += step) {
    if (bytes[at] !== LINE_FEED) continue;
    const before = bytes[at - 1] === CARRIAGE_RETURN ? at - 2 : at - 1;
    if (bytes[before] === LINE_FEED) return at + 1;
  }
  return null;
}
