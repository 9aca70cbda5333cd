import { z } from 'zod';
import { scorpioChatSchema } from '../../dialects/scorpio/chat.ts';
import { readFileSchema, writeFileSchema } from '../../dialects/scorpio/files.ts';
import { searchFileSchema } from '../../dialects/scorpio/search-file.ts';
import { scorpioChangeSchema, scorpioCreateSchema, scorpioListQuery } from '../../dialects/scorpio/sessions.ts';
import { executeToolSchema } from '../../tool-input.ts';
import type { Area } from '../area.ts';
import {
  changedSessionSchema,
  enveloped,
  fileReadSchema,
  fileSearchedSchema,
  fileUploadedSchema,
  fileWrittenSchema,
  listedSessionsSchema,
  newSessionSchema,
  resourceSchema,
  resourcesListedSchema,
  sentMessageSchema,
  toolExecutedSchema,
  toolsListedSchema,
  wholeSessionSchema,
  wrappedErrorSchema,
} from './scorpio-schemas.ts';

const path = { id: 'The id of the session.' };
const headers = { 'X-Session-ID': 'The id of the session; `session_id` in the query is as good.' };
const ok = (data: z.ZodType, description = 'In the envelope.') => ({ 200: { description, schema: enveloped(data) } });

const chatBody = { schema: scorpioChatSchema, example: { messages: [{ role: 'user', content: 'Hello!' }] } };
const turnErrors = [
  'turn_running',
  'unknown_model',
  'provider_error',
  'provider_timeout',
  'provider_unconfigured',
] as const;
const fileErrors = ['header_required', 'invalid_path', 'archive_unavailable'] as const;
const toolErrors = ['unknown_tool', 'tool_refused', 'tool_denied', 'tool_unavailable'] as const;

export const scorpio: Area = {
  name: 'Agent system',
  description:
    'Sessions, chat, files and tools in the envelopes of an earlier agent system: `{code, msg, data}`, errors inside `detail`.',
  errorSchema: wrappedErrorSchema,
  operations: {
    'POST /api/v1/sessions': {
      id: 'agentCreateSession',
      summary: 'Make a session',
      body: { schema: scorpioCreateSchema, example: { title: 'Research' } },
      answers: ok(newSessionSchema),
    },
    'GET /api/v1/sessions': {
      id: 'agentListSessions',
      summary: 'List sessions, newest activity first',
      query: scorpioListQuery,
      answers: ok(listedSessionsSchema),
    },
    'GET /api/v1/sessions/{id}': {
      id: 'agentReadSession',
      summary: 'A session with its messages',
      path,
      answers: ok(wholeSessionSchema),
      errors: ['session_not_found'],
    },
    'PUT /api/v1/sessions/{id}': {
      id: 'agentChangeSession',
      summary: 'Change the title',
      path,
      body: { schema: scorpioChangeSchema, example: { title: 'Research on tea' } },
      answers: ok(changedSessionSchema),
      errors: ['session_not_found'],
    },
    'DELETE /api/v1/sessions/{id}': {
      id: 'agentDeleteSession',
      summary: 'Delete a session',
      path,
      answers: ok(z.null()),
      errors: ['session_not_found'],
    },
    'POST /api/v1/sessions/{id}/stop': {
      id: 'agentStopSession',
      summary: 'Stop what the session is doing',
      path,
      answers: ok(z.null()),
      errors: ['session_not_found'],
    },
    'POST /api/v1/chat/sse': {
      id: 'agentStreamChat',
      summary: 'One turn, as it is made',
      description:
        'Events `{type, data}` of the types `token`, `tool_result`, `error` and `done`, then `[DONE]`. Of the messages only the last one is looked at.',
      headers,
      body: chatBody,
      answers: { 200: { description: 'The events.', types: ['text/event-stream'] } },
      errors: ['header_required', 'session_not_found', ...turnErrors],
    },
    'POST /api/v1/chat/{id}/message': {
      id: 'agentSendMessage',
      summary: 'One turn, whole',
      path,
      body: chatBody,
      answers: ok(sentMessageSchema),
      errors: ['session_not_found', ...turnErrors],
    },
    'POST /api/v1/files/read': {
      id: 'agentReadFile',
      summary: 'Lines of a file of the workspace',
      description: 'Lines count from 0; `end_line` is not shown.',
      headers,
      body: { schema: readFileSchema, example: { file: 'notes/read.txt', start_line: 0, end_line: 10 } },
      answers: ok(fileReadSchema),
      errors: [...fileErrors, 'file_not_found'],
    },
    'POST /api/v1/files/write': {
      id: 'agentWriteFile',
      summary: 'Write a file, or append to it',
      headers,
      body: { schema: writeFileSchema, example: { file: 'notes/tea.txt', content: 'Green\n', append: false } },
      answers: ok(fileWrittenSchema),
      errors: [...fileErrors, 'workspace_full'],
    },
    'POST /api/v1/files/search': {
      id: 'agentSearchFile',
      summary: 'Lines of a file that a regular expression finds',
      headers,
      body: { schema: searchFileSchema, example: { file: 'notes/read.txt', regex: 'te.t' } },
      answers: ok(fileSearchedSchema),
      errors: [...fileErrors, 'file_not_found', 'code_busy'],
    },
    'POST /api/v1/files/upload': {
      id: 'agentUploadFile',
      summary: 'Store the `file` of a form under its name',
      body: {
        types: ['multipart/form-data'],
        example: '--b\r\ncontent-disposition: form-data; name="file"; filename="tea.csv"\r\n\r\nid\r\n--b--\r\n',
      },
      answers: ok(fileUploadedSchema),
      errors: ['validation_error', 'unsupported_media_type', 'invalid_path', 'workspace_full', 'archive_unavailable'],
    },
    'GET /api/v1/tools/list': { id: 'agentListTools', summary: 'List tools', answers: ok(toolsListedSchema) },
    'POST /api/v1/tools/execute': {
      id: 'agentExecuteTool',
      summary: 'Call a tool as the caller',
      headers,
      body: { schema: executeToolSchema, example: { tool_name: 'add_task', parameters: { title: 'Buy milk' } } },
      answers: ok(toolExecutedSchema),
      errors: ['header_required', ...toolErrors],
    },
    'GET /api/v1/tools/resources': {
      id: 'agentListResources',
      summary: 'List resources',
      answers: ok(resourcesListedSchema),
    },
    'GET /api/v1/tools/resources/{uri}': {
      id: 'agentReadResource',
      summary: 'What is at an address of a resource',
      path: { uri: 'The address, percent-encoded.' },
      answers: ok(resourceSchema),
      errors: ['resource_not_found', 'tool_refused', 'tool_unavailable'],
    },
  },
};
