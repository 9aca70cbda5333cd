import type { FileUIPart, UIMessage } from 'ai';
import { z } from 'zod';
import type { ModelSettings } from '../turn/turn-runner.ts';
import type { TurnOptions } from '../journal/turn-options.ts';
import { attachmentSchema } from './attachment-input.ts';
import { memoryLimitField, memoryTokensField } from './session-input.ts';

export const CONTENT_MAX_CHARACTERS = 100_000;

const serverNames = z.union([
  z.array(z.string()),
  z.string().transform((text) =>
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]);

const RESOURCES_MAX = 10;

/** What a message brings along from tool servers, by the names and addresses that `GET /prompts` and `GET /resources` tell. */
const contextOptions = {
  prompt: z
    .object({ name: z.string().min(1).max(128), arguments: z.record(z.string(), z.string()).default({}) })
    .optional(),
  resources: z.array(z.string().min(1).max(2048)).max(RESOURCES_MAX).optional(),
};

/** Seed 001's `options`: what it names is used, the rest is ignored. */
export const optionsSchema = z.object({
  model: z.string().min(1).max(200).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_output_tokens: z.number().int().min(1).optional(),
  max_tokens: z.number().int().min(1).optional(),
  stop: z.array(z.string().min(1)).max(4).optional(),
  tool_name: z.string().min(1).max(128).optional(),
  tool_choice: z.enum(['auto', 'none', 'required']).optional(),
  instruction: z.string().min(1).max(32_000).optional(),
  server_names: serverNames.optional(),
  ...contextOptions,
});
type Options = z.infer<typeof optionsSchema>;
export type ContextOptions = Pick<Options, keyof typeof contextOptions>;

export const sendMessageSchema = z
  .object({
    content: z.string().max(CONTENT_MAX_CHARACTERS),
    attachments: z.array(attachmentSchema).default([]),
    role: z.string().min(1).max(32).default('user'),
    memory_limit: memoryLimitField,
    memory_tokens: memoryTokensField,
    options: optionsSchema.default({}),
    on_busy: z.enum(['reject', 'queue', 'interrupt']).default('reject'),
  })
  .refine(({ content, attachments }) => content !== '' || attachments.length > 0, {
    path: ['content'],
    message: 'must not be empty without attachments',
  });

/** The options that concern the model's call. */
export function requestOptions(options: Options): Pick<TurnOptions, 'settings' | 'toolChoice' | 'instruction'> {
  const maxOutputTokens = options.max_output_tokens ?? options.max_tokens;
  const settings: ModelSettings = {
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options.top_p !== undefined && { topP: options.top_p }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(options.stop !== undefined && { stopSequences: options.stop }),
  };
  const toolChoice = options.tool_name ? ({ type: 'tool', toolName: options.tool_name } as const) : options.tool_choice;
  return {
    settings,
    ...(toolChoice !== undefined && { toolChoice }),
    ...(options.instruction !== undefined && { instruction: options.instruction }),
  };
}

/** A text with files in front as a message. Models are only ever sent the user's role; another one that the caller states is kept beside it. */
export function textMessage(id: string, text: string, role: string, files: readonly FileUIPart[] = []): UIMessage {
  return {
    id,
    role: 'user',
    parts: text === '' ? [...files] : [...files, { type: 'text', text }],
    ...(role !== 'user' && { metadata: { role } }),
  };
}
