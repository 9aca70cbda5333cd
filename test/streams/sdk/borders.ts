import { adoptingFetch } from '../../../src/streams/adopting-fetch.ts';
import { fromPlatform } from '../../../src/streams/from-platform.ts';
import { MemoryReadableStream } from '../../../src/streams/memory-readable-stream.ts';
import { toPlatform } from '../../../src/streams/to-platform.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const words = (...texts: string[]) => MemoryReadableStream.from(texts.map(bytes));

/** The places where streams in memory and the platform's meet. Their names are asked for by the test. */
export const borders = new Map<string, () => Promise<unknown>>([
  ['toPlatform as a body', () => new Response(toPlatform(words('a', 'b'))).text()],
  ['toPlatform of a platform stream', async () => toPlatform(platformBody('a')) instanceof globalThis.ReadableStream],
  [
    'toPlatform cancelled',
    async () => {
      const reasons: unknown[] = [];
      const stream = new MemoryReadableStream<Uint8Array>({ cancel: (reason) => void reasons.push(reason) });
      await toPlatform(stream).cancel('enough');
      return reasons;
    },
  ],
  [
    // As @modelcontextprotocol/server makes its answers.
    'a body in memory',
    () => new Response(asBody(words('a', 'b')), { headers: { 'content-type': 'text/event-stream' } }).text(),
  ],
  [
    'a body in memory whose reader leaves',
    async () => {
      const reasons: unknown[] = [];
      const cancelled = Promise.withResolvers<void>();
      const source = {
        pull: (controller: { enqueue(chunk: Uint8Array): void }) => controller.enqueue(bytes('a')),
        cancel: () => {
          reasons.push('cancelled');
          cancelled.resolve();
        },
      };
      const reader = new Response(asBody(new MemoryReadableStream<Uint8Array>(source))).body?.getReader();
      await reader?.read();
      await reader?.cancel('gone');
      await cancelled.promise;
      return reasons;
    },
  ],
  [
    'fromPlatform through transforms',
    async () => {
      const stream = fromPlatform(platformBody('漢字')).pipeThrough(new TextDecoderStream());
      let text = '';
      for await (const piece of stream) text += piece;
      return text;
    },
  ],
  [
    'adoptingFetch piped',
    async () => {
      const { body } = await adopted('漢字');
      let text = '';
      for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) text += piece;
      return text;
    },
  ],
  [
    'adoptingFetch read as JSON after a look at the body',
    async () => {
      const response = await adopted('{"a":1}');
      const json: unknown = response.body ? await response.json() : null;
      return json;
    },
  ],
  [
    'adoptingFetch let go',
    async () => {
      const response = await adopted('a');
      await response.body?.cancel();
      return response.ok;
    },
  ],
]);

const adopted = (text: string) => adoptingFetch(() => Promise.resolve(new Response(text)))('http://server.test');

function platformBody(text: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(text);
  if (!body) throw new Error('A response with text has a body.');
  return body;
}

/** The cast: a body in memory works because it is an async iterable, which the types do not know yet. */
function asBody(stream: unknown): BodyInit {
  return stream as BodyInit;
}
