import { z } from 'zod';
import { budgetLeftSchema } from '../../../budgets/budgets-left.ts';
import { detachedMessageSchema } from '../../detached-message.ts';
import { phase3ChatSchema } from '../../dialects/phase3/chat.ts';
import { chatSchema } from '../../dialects/ui-chat.ts';
import { sendMessageSchema } from '../../message-input.ts';
import { formatQuery } from '../../choose-format.ts';
import type { Area } from '../area.ts';
import { MESSAGE_STATUSES } from '../../../memory/stored-message.ts';
import { phase3ReplySchema } from './phase3.ts';
import { historySchema, messageSchema } from './sessions.ts';

export const path = { id: 'The id of the session.' };
const idempotent = { 'Idempotency-Key': 'A retry with the same key gets the same turn.' };
export const STREAM_TYPES = ['text/event-stream', 'application/x-ndjson', 'text/plain'];
const turnErrors = [
  'session_not_found',
  'turn_running',
  'too_many_turns',
  'budget_exceeded',
  'unknown_model',
  'unknown_tool',
  'provider_error',
  'provider_timeout',
  'provider_unconfigured',
] as const;

const attachmentErrors = [
  'invalid_path',
  'file_not_found',
  'workspace_full',
  'media_not_taken',
  'archive_unavailable',
] as const;

export const replySchema = z
  .object({
    session_id: z.string(),
    turn_id: z.string(),
    status: z.enum([...MESSAGE_STATUSES, 'suspended', 'lost']),
    model: z.string().nullable(),
    message: messageSchema.nullable(),
    usage: z
      .object({
        inputTokens: z.number(),
        outputTokens: z.number(),
        totalTokens: z.number(),
        cachedInputTokens: z.number().optional(),
        reasoningTokens: z.number().optional(),
        estimated: z.boolean().optional(),
        costUsd: z.number().nullable().optional().describe('Null where a price is not known.'),
      })
      .nullable(),
    budgets: z.array(budgetLeftSchema).describe("What is left of the caller's budgets."),
    tool_calls: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        arguments: z.unknown(),
        result: z.unknown(),
        error: z.string().nullable(),
        state: z.string().describe('As the AI SDK has it; `approval-requested` waits for a person.'),
        approval_id: z.string().nullable(),
      }),
    ),
    history: historySchema,
  })
  .meta({ id: 'Reply', description: 'A whole turn.' });

const stopped = {
  200: {
    description: 'Whether there was a turn to stop, and which.',
    schema: z.object({ success: z.literal(true), stopped: z.boolean(), turn_id: z.string().nullable() }),
  },
};
const attached = {
  200: { description: 'The turn, from the start or after `Last-Event-ID`.', types: STREAM_TYPES },
  204: { description: 'There is no turn to read.' },
};
const resume = { 'Last-Event-ID': 'The id of the last event that was read.' };

export const turns: Area = {
  name: 'Turns',
  description:
    'Messages and their answers. A turn goes on when its client leaves, and can be read again by any client.',
  operations: {
    'POST /sessions/{id}/messages': {
      id: 'sendMessage',
      summary: 'Send a message and get the answer, whole or as it is made',
      description:
        '`Accept` chooses: `application/json` the whole reply, `text/event-stream` the UI message stream of the AI SDK, `application/x-ndjson` JSON lines, `text/plain` the text alone.',
      path,
      query: formatQuery,
      headers: idempotent,
      body: { schema: sendMessageSchema, example: { content: 'Hello!', options: { temperature: 0.2 } } },
      answers: { 200: { description: 'The answer.', schema: replySchema, types: STREAM_TYPES } },
      errors: [...turnErrors, ...attachmentErrors, 'invalid_memory_limit', 'unknown_mcp_server'],
    },
    'POST /sessions/{id}/message': {
      id: 'sendDetachedMessage',
      summary: 'Send a message; its answer comes on the stream',
      description: 'The turn runs when its stream is read, or by itself a moment later.',
      path,
      headers: idempotent,
      body: { schema: detachedMessageSchema, example: { message: 'Hello!' } },
      answers: {
        200: {
          description: 'The message is stored.',
          schema: z.object({ success: z.literal(true), message: z.string(), turn_id: z.string() }),
        },
      },
      errors: ['session_not_found', 'turn_running', 'provider_unconfigured'],
    },
    'GET /sessions/{id}/stream': {
      id: 'readTurn',
      summary: 'Attach to the waiting, running or latest turn',
      path,
      query: formatQuery,
      headers: resume,
      answers: attached,
      errors: ['session_not_found', 'memory_unavailable'],
    },
    'POST /sessions/{id}/stop': {
      id: 'stopTurn',
      summary: 'Stop the turn, whoever produces it',
      description: 'What was said is kept. Harmless when there is nothing to stop.',
      path,
      answers: stopped,
      errors: ['session_not_found'],
    },
    'POST /api/chat': {
      id: 'chat',
      summary: 'One turn for `useChat` of the AI SDK, or for a body with `message`',
      description:
        'A chat id that is new makes a session. Of the messages only the last one is looked at: a new one of the user, or one of the assistant in which the person has answered what was asked; of that only the decisions are taken. A body with `message` in place of `messages` is answered whole; its refusals are `{detail, code}`.',
      query: formatQuery,
      headers: idempotent,
      body: {
        schema: z.union([chatSchema, phase3ChatSchema]),
        example: {
          id: 'chat-0123456789abcdef',
          messages: [{ id: 'msg-1', role: 'user', parts: [{ type: 'text', text: 'Hello!' }] }],
        },
      },
      answers: {
        200: {
          description: 'The answer, as it is made; whole for `message`.',
          schema: phase3ReplySchema,
          types: STREAM_TYPES,
        },
      },
      errors: [...turnErrors, ...attachmentErrors, 'question_not_found', 'question_closed', 'question_expired'],
    },
    'GET /api/chat/{id}/stream': {
      id: 'resumeChat',
      summary: 'Resume a chat (`resume` of `useChat`)',
      path: { id: 'The id of the chat.' },
      query: formatQuery,
      headers: resume,
      answers: attached,
      errors: ['memory_unavailable'],
    },
    'POST /api/chat/{id}/stop': {
      id: 'stopChat',
      summary: 'Stop the turn of a chat',
      path: { id: 'The id of the chat.' },
      answers: stopped,
      errors: ['session_not_found'],
    },
  },
};
