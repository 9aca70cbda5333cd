import { z } from 'zod';
import { questionSchema } from '../../../memory/question.ts';
import { MESSAGE_STATUSES } from '../../../memory/stored-message.ts';
import { changeSessionSchema, createSessionSchema } from '../../session-input.ts';
import type { historyBody, sessionBody, summaryBody } from '../../session-body.ts';
import { listSessionsQuery } from '../../sessions.ts';
import { connectSchema } from '../../dialects/metis.ts';
import type { Area } from '../area.ts';
import { toolsOfSessionSchema } from './tools.ts';

const time = z.iso.datetime();
const status = z.enum(['idle', 'running', 'suspended', 'awaiting']);
const awaiting = z
  .object({ questions: z.array(questionSchema), expires_at: time })
  .nullable()
  .describe('What the turn waits for a person to say.');

const sessionFields = z.object({
  id: z.string(),
  session_id: z.string().describe('The same as `id`.'),
  title: z.string().nullable(),
  memory_limit: z.int(),
  memory_tokens: z.int().nullable().describe('Null: MEMORY_TOKENS_DEFAULT.'),
  created_at: time,
  metadata: z.record(z.string(), z.unknown()),
  system_prompt: z.string().nullable(),
  prompt: z.string().nullable().describe('A set of the prompt library.'),
  model: z.string().nullable(),
  mcp_servers: z.array(z.string()).nullable(),
  message_count: z.int(),
  last_activity: time,
  expires_at: time.nullable().describe('Null when only the archive has it; using it takes it back.'),
  status,
  turn_id: z.string().nullable(),
  awaiting,
}) satisfies z.ZodType<ReturnType<typeof sessionBody>>;
export const sessionSchema = sessionFields.meta({ id: 'Session' });

const messageMetadata = z.object({
  id: z.string(),
  turn_id: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  model: z.string().nullable(),
});
export const messageSchema = z
  .object({ role: z.string(), content: z.string(), created_at: time, metadata: messageMetadata.nullable() })
  .meta({ id: 'Message', description: 'A message in its short form.' });
export const historySchema = z.array(messageSchema) satisfies z.ZodType<ReturnType<typeof historyBody>>;

const uiMessage = z
  .looseObject({ id: z.string(), role: z.string(), parts: z.array(z.looseObject({ type: z.string() })) })
  .meta({ id: 'UIMessage', description: "A message as the AI SDK's `UIMessage`." });

const summarySchema = z
  .object({
    text: z.string(),
    up_to_message: z.string().describe('The id of the last message that it covers.'),
    message_count: z.int().describe('How many messages of the session it covers.'),
    model: z.string(),
    created_at: time,
  })
  .nullable()
  .describe('Written by a model: what stands for the messages that models are not sent any more.') satisfies z.ZodType<
  ReturnType<typeof summaryBody>
>;

const path = { id: 'The id of the session, which is also the key to it.' };
const missing = { path, errors: ['session_not_found'] } as const;
const refusals = ['invalid_memory_limit', 'unknown_model', 'unknown_prompt', 'unknown_mcp_server'] as const;

export const sessions: Area = {
  name: 'Sessions',
  description: 'Conversations: what a model remembers, and the settings it answers with.',
  operations: {
    'POST /sessions': {
      id: 'createSession',
      summary: 'Make a session',
      body: {
        schema: createSessionSchema,
        example: { title: 'Groceries', memory_limit: 20, metadata: { source: 'docs' } },
      },
      answers: { 201: { description: 'The session.', schema: sessionSchema } },
      errors: refusals,
    },
    'POST /connect': {
      id: 'connect',
      summary: 'Make a session that begins with what was said elsewhere',
      body: { schema: connectSchema, example: { chat_history: [{ role: 'user', content: 'My name is Nilufar.' }] } },
      answers: {
        200: {
          description: 'The session.',
          schema: z.object({ success: z.literal(true), session_id: z.string(), message: z.string() }),
        },
      },
    },
    'GET /sessions': {
      id: 'listSessions',
      summary: "List the caller's sessions, newest activity first",
      query: listSessionsQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({
            sessions: z.array(sessionSchema),
            cursor: z.string().nullable(),
            incomplete: z
              .boolean()
              .describe('The archive did not answer: sessions that have rested for long are missing.'),
          }),
        },
      },
      errors: ['memory_unavailable'],
    },
    'GET /sessions/{id}': {
      ...missing,
      id: 'readSession',
      summary: 'Read a session with the messages in memory',
      answers: {
        200: {
          description: 'The session.',
          schema: sessionFields.extend({
            history: historySchema,
            messages: z.array(uiMessage),
            summary: summarySchema,
          }),
        },
      },
    },
    'PATCH /sessions/{id}': {
      id: 'changeSession',
      summary: 'Change title, metadata, limits',
      description: 'Absent fields stay as they are; null puts the default back.',
      path,
      body: { schema: changeSessionSchema, example: { title: 'Weekly groceries' } },
      answers: { 200: { description: 'The session as it is now.', schema: sessionSchema } },
      errors: [...missing.errors, ...refusals],
    },
    'DELETE /sessions/{id}': {
      ...missing,
      id: 'deleteSession',
      summary: 'Forget a session, in the archive too',
      answers: { 204: { description: 'It is gone.' } },
    },
    'GET /sessions/{id}/status': {
      ...missing,
      id: 'readSessionStatus',
      summary: 'Ask what a session is doing',
      answers: {
        200: {
          description: 'Its state.',
          schema: z.object({
            session_id: z.string(),
            agent_name: z.string(),
            history_length: z.int(),
            created_at: time,
            last_activity: time,
            expires_at: time,
            is_sse_active: z.boolean(),
            status,
            turn_id: z.string().nullable(),
            awaiting,
          }),
        },
      },
    },
    'GET /sessions/{id}/tools': {
      ...missing,
      id: 'listSessionTools',
      summary: "List the tools that a session's turns have",
      answers: { 200: { description: 'The tools.', schema: toolsOfSessionSchema } },
    },
  },
};
