import { readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pushCompact } from '../../src/wire/compact-chunks.ts';
import { foldMessage } from '../../src/wire/fold-message.ts';

/** Text and reasoning parts that overlap, tool inputs in pieces, some with provider metadata. */
const piece = fc.record({
  part: fc.integer({ min: 0, max: 2 }),
  text: fc.string({ maxLength: 5 }),
  marked: fc.boolean(),
});
const stream = fc.array(piece, { maxLength: 40 }).map((pieces): UIMessageChunk[] => {
  const kinds = ['text', 'reasoning'] as const;
  const start: UIMessageChunk[] = [
    { type: 'start', messageId: 'm' },
    { type: 'start-step' },
    { type: 'text-start', id: '0' },
    { type: 'reasoning-start', id: '1' },
    { type: 'tool-input-start', toolCallId: '2', toolName: 'tool', dynamic: true },
  ];
  const deltas = pieces.map(({ part, text, marked }): UIMessageChunk => {
    const kind = kinds[part];
    if (!kind) return { type: 'tool-input-delta', toolCallId: '2', inputTextDelta: text };
    const metadata = marked ? { providerMetadata: { test: { mark: text } } } : {};
    return { type: `${kind}-delta`, id: String(part), delta: text, ...metadata };
  });
  return [
    ...start,
    ...deltas,
    { type: 'tool-input-available', toolCallId: '2', toolName: 'tool', input: { a: [] }, dynamic: true },
    { type: 'tool-output-available', toolCallId: '2', output: { ok: true }, dynamic: true },
    { type: 'text-end', id: '0' },
    { type: 'reasoning-end', id: '1' },
    { type: 'finish-step' },
    { type: 'finish', messageMetadata: { turn_id: 't' } },
  ];
});

async function asClientSees(chunks: UIMessageChunk[]): Promise<UIMessage | undefined> {
  let last: UIMessage | undefined;
  for await (const snapshot of readUIMessageStream({ stream: streamOf(chunks) })) last = snapshot;
  return last;
}

test('joined deltas fold to the message that a client sees of the separate ones', async () => {
  await fc.assert(
    fc.asyncProperty(stream, async (chunks) => {
      const compact: UIMessageChunk[] = [];
      for (const chunk of chunks) pushCompact(compact, chunk);
      expect(await foldMessage('m', compact)).toEqual(await asClientSees(chunks));
    }),
    { numRuns: 60 },
  );
});

test('chunks that show nothing fold to nothing', async () => {
  const chunks: UIMessageChunk[] = [
    { type: 'start', messageId: 'm' },
    { type: 'start-step' },
    { type: 'error', errorText: 'x' },
  ];
  expect(await foldMessage('m', chunks)).toBeNull();
});

function streamOf(chunks: UIMessageChunk[]): ReadableStream<UIMessageChunk> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
