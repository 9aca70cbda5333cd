import { z } from 'zod';

/** `data:` only: what is fetched for a model could be anything inside our network. */
export const imageUrl = z.string().regex(/^data:image\/[\w.+-]+;base64,/, 'must be a data: URL of an image, in base64');

const textPart = z.object({ type: z.literal('text'), text: z.string() });
const imagePart = z.object({ type: z.literal('image_url'), image_url: z.object({ url: imageUrl }) });
const textContent = z.union([z.string(), z.array(textPart).min(1)]);
const functionName = z
  .string()
  .regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be 1 to 64 characters of A-Z, a-z, 0-9, _, . and -');
const jsonObject = z.record(z.string(), z.unknown());

const toolCall = z.object({
  id: z.string().min(1),
  type: z.literal('function').default('function'),
  function: z.object({ name: functionName, arguments: z.string() }),
});

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content: textContent }),
  z.object({
    role: z.literal('user'),
    content: z.union([z.string(), z.array(z.discriminatedUnion('type', [textPart, imagePart])).min(1)]),
  }),
  z.object({
    role: z.literal('assistant'),
    content: textContent.nullish(),
    tool_calls: z.array(toolCall).nullish(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: textContent }),
]);
export type CompletionMessage = z.infer<typeof message>;

export const functionFields = z.object({
  name: functionName,
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
  strict: z.boolean().nullish(),
});

/** Where our own things have a place in a request of OpenAI: its metadata. */
export const metadataSchema = z.looseObject({
  session_id: z
    .string()
    .max(64)
    .optional()
    .describe('Joins this session: its memory is used, and the turn is kept in it.'),
  mcp_servers: z
    .string()
    .max(1000)
    .optional()
    .describe('Names of the tool servers to use, comma-separated; empty for none.'),
});

/** One answer is made: a second one would be another turn. */
const onlyOne = z
  .number()
  .refine((n) => n === 1, 'must be 1: one answer is made')
  .nullish();
const notOffered = (what: string) => z.unknown().refine((value) => !value, `${what} are not offered`);

export const completionSchema = z.object({
  model: z.string().max(200).nullish().describe('Id of a model of the list; the default one when absent.'),
  messages: z.array(message).min(1).max(1000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: onlyOne,
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  seed: z.number().int().nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  logprobs: notOffered('log probabilities').optional(),
  audio: notOffered('spoken answers').optional(),
  tools: z
    .array(z.object({ type: z.literal('function'), function: functionFields }))
    .max(128)
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({
          name: z.string().max(64),
          description: z.string().nullish(),
          schema: jsonObject.nullish(),
        }),
      }),
    ])
    .nullish(),
  metadata: metadataSchema.nullish(),
  user: z.string().nullish().describe('The id of a session joins it, as `metadata.session_id` does.'),
});
export type CompletionRequest = z.infer<typeof completionSchema>;
