import { z } from 'zod';
import { completionSchema, functionFields, imageUrl, metadataSchema } from './completion-input.ts';

const textPart = z.object({ type: z.enum(['input_text', 'output_text']), text: z.string() });
const imagePart = z.object({ type: z.literal('input_image'), image_url: imageUrl });
const textContent = z.union([z.string(), z.array(textPart).min(1)]);

const item = z.union([
  z.object({
    type: z.literal('function_call'),
    call_id: z.string().min(1),
    name: z.string(),
    arguments: z.string(),
  }),
  z.object({ type: z.literal('function_call_output'), call_id: z.string(), output: textContent }),
  z.object({
    type: z.literal('message').optional(),
    role: z.enum(['system', 'developer', 'assistant']),
    content: textContent,
  }),
  z.object({
    type: z.literal('message').optional(),
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.union([textPart, imagePart])).min(1)]),
  }),
  /** What a model thought belongs to the model that thought it. */
  z.object({ type: z.literal('reasoning') }),
]);
export type ResponseItem = z.infer<typeof item>;

const { model, stream, temperature, top_p, user } = completionSchema.shape;

export const responseSchema = z.object({
  model,
  input: z.union([z.string().min(1), z.array(item).min(1).max(1000)]),
  instructions: z.string().nullish(),
  previous_response_id: z
    .string()
    .max(200)
    .nullish()
    .describe('A response that was kept in a session: its session is joined.'),
  stream,
  temperature,
  top_p,
  user,
  max_output_tokens: z.number().int().min(1).nullish(),
  tools: z
    .array(
      z.discriminatedUnion('type', [
        functionFields.extend({ type: z.literal('function') }),
        z.object({ type: z.literal('mcp'), server_label: z.string().describe('The name of one of our tool servers.') }),
      ]),
    )
    .max(128)
    .nullish(),
  tool_choice: z
    .union([z.enum(['auto', 'none', 'required']), z.object({ type: z.literal('function'), name: z.string() })])
    .nullish(),
  text: z
    .object({
      format: z
        .discriminatedUnion('type', [
          z.object({ type: z.literal('text') }),
          z.object({ type: z.literal('json_object') }),
          z.object({
            type: z.literal('json_schema'),
            name: z.string().max(64),
            description: z.string().nullish(),
            schema: z.record(z.string(), z.unknown()),
          }),
        ])
        .nullish(),
    })
    .nullish(),
  metadata: metadataSchema.nullish(),
});
export type ResponseRequest = z.infer<typeof responseSchema>;
