import { z } from 'zod';
import type { wholeCompletion } from '../../../wire/whole-completion.ts';
import { responseSchema } from '../../openai/response-input.ts';
import { OPENAI_STATUSES } from '../../openai/openai-error.ts';
import { completionSchema } from '../../openai/completion-input.ts';
import type { Area } from '../area.ts';

const openaiErrorSchema = z
  .object({
    error: z.object({
      message: z.string(),
      type: z.string(),
      param: z.string().nullable(),
      code: z.string().nullable(),
    }),
  })
  .meta({ id: 'OpenAIError', description: "A refusal as OpenAI's clients read it." });

const completionResponse = z
  .object({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.int(),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.null(),
          reasoning_content: z.string().optional(),
          tool_calls: z
            .array(
              z.object({
                id: z.string(),
                type: z.literal('function'),
                function: z.object({ name: z.string(), arguments: z.string() }),
              }),
            )
            .optional(),
        }),
        logprobs: z.null(),
        finish_reason: z.enum(['stop', 'length', 'content_filter', 'tool_calls']),
      }),
    ),
    usage: z
      .object({
        prompt_tokens: z.int(),
        completion_tokens: z.int(),
        total_tokens: z.int(),
        prompt_tokens_details: z.object({ cached_tokens: z.int() }),
        completion_tokens_details: z.object({ reasoning_tokens: z.int() }),
      })
      .optional(),
  })
  .meta({ id: 'ChatCompletion' }) satisfies z.ZodType<ReturnType<typeof wholeCompletion>>;

const responseBody = z
  .object({
    id: z.string(),
    object: z.literal('response'),
    created_at: z.int(),
    status: z.enum(['completed', 'incomplete', 'failed']),
    model: z.string(),
    instructions: z.string().nullable(),
    metadata: z.record(z.string(), z.unknown()),
    output: z.array(
      z.discriminatedUnion('type', [
        z.object({
          id: z.string(),
          type: z.literal('message'),
          role: z.literal('assistant'),
          status: z.string(),
          content: z.array(
            z.object({
              type: z.literal('output_text'),
              text: z.string(),
              annotations: z.array(z.unknown()),
              logprobs: z.array(z.unknown()),
            }),
          ),
        }),
        z.object({
          id: z.string(),
          type: z.literal('function_call'),
          call_id: z.string(),
          name: z.string(),
          arguments: z.string(),
          status: z.string(),
        }),
      ]),
    ),
    parallel_tool_calls: z.boolean(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    incomplete_details: z.object({ reason: z.string() }).nullable(),
    usage: z
      .object({
        input_tokens: z.int(),
        input_tokens_details: z.object({ cached_tokens: z.int() }),
        output_tokens: z.int(),
        output_tokens_details: z.object({ reasoning_tokens: z.int() }),
        total_tokens: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'Response' });

const modelSchema = z
  .object({ id: z.string(), object: z.literal('model'), created: z.int(), owned_by: z.string() })
  .meta({ id: 'Model' });

const turnErrors = [
  'unknown_model',
  'unknown_mcp_server',
  'unknown_tool',
  'session_not_found',
  'turn_running',
  'provider_error',
  'provider_timeout',
  'provider_unconfigured',
] as const;

export const openai: Area = {
  name: 'OpenAI',
  description:
    "What any client of OpenAI can use: set its base URL to `/v1`, its key to one of ours (`anonymous` where anybody may call). Nothing is stored unless a session is joined by `metadata.session_id`. Our own tools run here; functions that the client brings are called by the client, and stand in our tools' place unless `metadata.mcp_servers` names servers too.",
  errorSchema: openaiErrorSchema,
  statuses: OPENAI_STATUSES,
  operations: {
    'POST /v1/chat/completions': {
      id: 'createChatCompletion',
      summary: 'Answer a conversation, whole or as it is made',
      headers: { 'Idempotency-Key': 'In a session: a retry with the same key gets the same turn.' },
      body: {
        schema: completionSchema,
        example: { model: 'compatible/demo', messages: [{ role: 'user', content: 'Hello!' }] },
      },
      answers: {
        200: {
          description: 'The answer; with `stream` its chunks.',
          schema: completionResponse,
          types: ['text/event-stream'],
        },
      },
      errors: turnErrors,
    },
    'POST /v1/responses': {
      id: 'createResponse',
      summary: 'The same by the responses API',
      description:
        '`tools` takes functions of the client, and our tool servers by name (`{"type":"mcp","server_label":"tasks"}`). `previous_response_id` continues a response that was kept in a session.',
      body: { schema: responseSchema, example: { model: 'compatible/demo', input: 'Hello!' } },
      answers: {
        200: {
          description: 'The response; with `stream` its events.',
          schema: responseBody,
          types: ['text/event-stream'],
        },
      },
      errors: turnErrors,
    },
    'GET /v1/models': {
      id: 'listModels',
      summary: 'List the models, the default one first',
      answers: {
        200: {
          description: 'The models.',
          schema: z.object({ object: z.literal('list'), data: z.array(modelSchema) }),
        },
      },
    },
    'GET /v1/models/{id}': {
      id: 'readModel',
      summary: 'Read a model by its id, or by its name alone',
      path: { id: 'The id of the model, slash and all.' },
      answers: { 200: { description: 'The model.', schema: modelSchema } },
      errors: ['unknown_model'],
    },
  },
};
