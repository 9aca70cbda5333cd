import { z } from 'zod';
import type { ThreadVariant } from '../../../wire/chatbot-thread.ts';
import { stopSchema, topicQuery } from '../../dialects/chatbot/change-thread.ts';
import { CHATBOT_STATUSES } from '../../dialects/chatbot/chatbot-error.ts';
import { streamResponseQuery } from '../../dialects/chatbot/stream-response.ts';
import { threadQuery } from '../../dialects/chatbot/thread-query.ts';
import { userThreadsQuery } from '../../dialects/chatbot/threads.ts';
import type { Area } from '../area.ts';
import { STREAM_TYPES } from './turns.ts';

const detailSchema = z.object({ detail: z.string() }).meta({ id: 'Detail', description: 'A refusal: a sentence.' });

const variantSchema = z
  .object({
    variant: z.enum(['ServerHint', 'User', 'Assistant', 'Code', 'CodeOutput', 'Image', 'StreamEnd']),
    content: z.union([z.string(), z.object({ thread_id: z.string() })]),
    id: z.string().optional(),
  })
  .meta({ id: 'ThreadVariant' }) satisfies z.ZodType<Omit<ThreadVariant, 'id'>>;

const threadSchema = z.object({
  user_id: z.string(),
  thread_id: z.string(),
  date: z.iso.datetime(),
  topic: z.string(),
  content: z.array(variantSchema),
});

const stopped = {
  200: { description: 'It is.', schema: z.object({ ok: z.literal(true), body: z.string() }) },
};
const told = { 200: { description: 'It is.', schema: detailSchema } };
const vault = {
  'X-Freva-Vault-URL': 'Wanted of those whose token is checked by their own service; the address is not used.',
};
const missing = ['validation_error', 'session_not_found', 'memory_unavailable'] as const;

export const chatbot: Area = {
  name: 'Chatbot',
  description:
    'Threads for clients of an earlier chatbot: everything is a GET, the answer comes as lines of JSON (`variant`, `content`, perhaps `id`), and errors are `{detail}`.',
  errorSchema: detailSchema,
  statuses: CHATBOT_STATUSES,
  operations: {
    'GET /api/chatbot/heartbeat': {
      id: 'chatbotHeartbeat',
      summary: 'Whether the credentials are good',
      answers: { 200: { description: 'They are.', schema: z.object({ ok: z.literal(true) }) } },
    },
    'GET /api/chatbot/availablechatbots': {
      id: 'chatbotModels',
      summary: 'The models, the default one first',
      answers: { 200: { description: 'Their names.', schema: z.array(z.string()) } },
    },
    'GET /api/chatbot/streamresponse': {
      id: 'chatbotStream',
      summary: 'One turn, as it is made; without a thread it begins one',
      query: streamResponseQuery,
      headers: vault,
      answers: { 200: { description: 'The lines.', types: STREAM_TYPES } },
      errors: [...missing, 'turn_running', 'unknown_model', 'provider_unconfigured', 'rate_limited'],
    },
    'GET /api/chatbot/stop': {
      id: 'chatbotStop',
      summary: "Stop the thread's turn",
      query: threadQuery,
      answers: stopped,
      errors: missing,
    },
    'POST /api/chatbot/stop': {
      id: 'chatbotStopByPost',
      summary: "Stop the thread's turn, named in the body or the query",
      query: threadQuery,
      body: { schema: stopSchema, example: { thread_id: 'THREAD' } },
      answers: stopped,
      errors: missing,
    },
    'GET /api/chatbot/getthread': {
      id: 'chatbotThread',
      summary: 'A whole thread',
      query: threadQuery,
      headers: vault,
      answers: { 200: { description: 'What was said, in order.', schema: z.array(variantSchema) } },
      errors: [...missing, 'archive_unavailable'],
    },
    'GET /api/chatbot/getuserthreads': {
      id: 'chatbotThreads',
      summary: 'The newest threads, and how many there are',
      query: userThreadsQuery,
      headers: vault,
      answers: {
        200: { description: 'A pair.', schema: z.tuple([z.array(threadSchema), z.int()]) },
      },
      errors: ['memory_unavailable'],
    },
    'GET /api/chatbot/newthread': {
      id: 'chatbotNewThread',
      summary: 'Begin a thread',
      answers: { 200: { description: 'Its id.', schema: z.string() } },
      errors: ['memory_unavailable', 'rate_limited'],
    },
    'GET /api/chatbot/setthreadtopic': {
      id: 'chatbotSetTopic',
      summary: 'Name a thread',
      query: topicQuery,
      answers: told,
      errors: [...missing, 'rate_limited'],
    },
    'GET /api/chatbot/deletethread': {
      id: 'chatbotDeleteThread',
      summary: 'Delete a thread',
      query: threadQuery,
      answers: told,
      errors: [...missing, 'rate_limited'],
    },
  },
};

/** What anybody may ask the chatbot. */
export const chatbotDoor: Area = {
  name: 'Chatbot door',
  description: 'What clients of an earlier chatbot ask before they know who they are.',
  errorSchema: detailSchema,
  audience: 'anybody',
  operations: {
    'GET /api/chatbot/ping': {
      id: 'chatbotPing',
      summary: 'Whether we answer',
      answers: { 200: { description: 'We do.', schema: z.object({ status: z.literal('ok') }) } },
    },
    'GET /api/chatbot/docs': {
      id: 'chatbotDocs',
      summary: 'Where the documentation is',
      answers: { 200: { description: 'A sentence.', schema: z.array(z.string()) } },
    },
    'GET /api/chatbot/help': {
      id: 'chatbotHelp',
      summary: 'What the routes do',
      answers: { 200: { description: 'A sentence for each.', schema: z.record(z.string(), z.string()) } },
    },
  },
};
