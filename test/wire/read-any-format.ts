import type { UIMessageChunk } from 'ai';
import { z } from 'zod';
import type { StreamFormat } from '../../src/wire/stream-formats.ts';
import { cutBytes } from './encode-turn.ts';
import { bubblesOf, readChatbotPage, sourceOf } from './read-chatbot.ts';
import { readMetis, tokensOf } from './read-metis.ts';

export interface Reading {
  text: string;
  /** `id: argument`, and `id: answer`, in their order. */
  calls: string[];
  results: string[];
}

const completionSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().default('') }) })),
});
const codeSchema = z.object({ code: z.string() });
const toolCallSchema = z.object({ type: z.literal('tool_call'), call_id: z.string(), arguments: codeSchema });
const toolResponseSchema = z.object({
  type: z.literal('tool_response'),
  call_id: z.string(),
  output: z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]),
});
const scorpioSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('token'), data: z.string() }),
  z.object({
    type: z.literal('tool_result'),
    data: z.object({
      tool_call_id: z.string(),
      result: z.object({ content: z.tuple([z.object({ text: z.string() })]) }),
    }),
  }),
  z.object({
    type: z.literal('error'),
    data: z.union([z.string(), z.object({ tool_call_id: z.string(), message: z.string() })]),
  }),
  z.object({ type: z.literal('done'), data: z.string() }),
]);
const contentSchema = z.object({ content: z.tuple([z.object({ text: z.string() })]) });

/** What a body, or its beginning, shows to a client of the format. */
export const READERS: Record<StreamFormat, (body: string) => Reading> = {
  ui: (body) => readUi(chunksOf(body)),
  text: (body) => ({ text: body, calls: [], results: [] }),
  openai(body) {
    const chunks = body.split('\n\n').flatMap((block) => /^data: (\{.*)$/m.exec(block)?.[1] ?? []);
    const deltas = chunks.flatMap((json) => completionSchema.safeParse(JSON.parse(json)).data?.choices ?? []);
    return { text: deltas.map(({ delta }) => delta.content).join(''), calls: [], results: [] };
  },
  metis(body) {
    const { frames } = readMetis(cutBytes(body, [11, 3]));
    const calls = frames.flatMap((frame) => toolCallSchema.safeParse(frame).data ?? []);
    const results = frames.flatMap((frame) => toolResponseSchema.safeParse(frame).data ?? []);
    return {
      text: tokensOf(frames),
      calls: calls.map((frame) => `${frame.call_id}: ${frame.arguments.code}`),
      results: results.map((frame) => `${frame.call_id}: ${frame.output}`),
    };
  },
  scorpio(body) {
    const { frames } = readMetis(cutBytes(body.replace('data: [DONE]\n\n', ''), [7, 2]));
    const reading: Reading = { text: '', calls: [], results: [] };
    for (const { type, data } of frames.map((frame) => scorpioSchema.parse(frame))) {
      if (type === 'token') reading.text += data;
      if (type === 'tool_result') reading.results.push(`${data.tool_call_id}: ${data.result.content[0].text}`);
      if (type === 'error' && typeof data === 'object')
        reading.results.push(`${data.tool_call_id}: ${data.message.replace('Tool execution failed: ', '')}`);
    }
    return reading;
  },
  chatbot(body) {
    const variants = readChatbotPage(cutBytes(body, [11, 3]));
    const said = (wanted: string) =>
      variants.flatMap(({ variant, content, id = '' }) =>
        variant === wanted && typeof content === 'string' ? [{ content, id }] : [],
      );
    const bubbles = bubblesOf(variants).filter(({ id }) => id?.startsWith('call_'));
    const cells = bubbles.filter(({ variant }) => variant === 'Code');
    // What follows an output makes it stay; at a cut nothing does yet, but a whole line is whole.
    const outputs = said('CodeOutput').filter(({ id }) => id.startsWith('call_'));
    return {
      text: said('Assistant')
        .map(({ content }) => content)
        .join(''),
      calls: cells.map(({ id, content }) => `${id}: ${sourceOf(content)}`),
      results: outputs.map(({ id, content }) => `${id}: ${content.replace(/^(\n|.* error: )/, '')}`),
    };
  },
};

/** The chunks of a UI message stream; what is read back was written from chunks, so it is taken for them. */
export function chunksOf(body: string): UIMessageChunk[] {
  return readMetis(cutBytes(body.replace('data: [DONE]\n\n', ''), [1000])).frames as UIMessageChunk[];
}

function readUi(chunks: UIMessageChunk[]): Reading {
  const reading: Reading = { text: '', calls: [], results: [] };
  for (const chunk of chunks) {
    if (chunk.type === 'text-delta') reading.text += chunk.delta;
    if (chunk.type === 'tool-input-available')
      reading.calls.push(`${chunk.toolCallId}: ${codeSchema.parse(chunk.input).code}`);
    if (chunk.type === 'tool-output-error') reading.results.push(`${chunk.toolCallId}: ${chunk.errorText}`);
    if (chunk.type === 'tool-output-available')
      reading.results.push(`${chunk.toolCallId}: ${contentSchema.parse(chunk.output).content[0].text}`);
  }
  return reading;
}
