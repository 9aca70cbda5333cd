import { z } from 'zod';
import { secretSchema } from '../../tool-servers.ts';
import type { Area, Operation } from '../area.ts';

const path = { name: 'The name of a remote tool server, as `GET /tools/servers` has it.' };
const done: Operation['answers'] = { 204: { description: 'Done.' } };
const errors = ['tool_server_not_found', 'configuration_error', 'memory_unavailable', 'archive_unavailable'] as const;
const page = ['text/html'];

const serverSchema = z
  .object({
    name: z.string(),
    auth: z.enum(['none', 'user_secret', 'client_credentials', 'oauth']),
    authorized: z.boolean().describe('False while this caller has to log in, or store a secret, first.'),
    forward_headers: z
      .array(z.object({ name: z.string(), required: z.boolean() }))
      .describe("Headers of the caller's requests that are passed on."),
  })
  .meta({ id: 'ToolServer' });

export const logins: Area = {
  name: 'Logins',
  description:
    'How callers get in to remote tool servers that want to know who they are. What is stored is never shown again.',
  operations: {
    'GET /tools/servers': {
      id: 'listToolServers',
      summary: 'List remote tool servers',
      answers: { 200: { description: 'The servers.', schema: z.object({ servers: z.array(serverSchema) }) } },
      errors: ['archive_unavailable'],
    },
    'GET /tools/servers/{name}/login': {
      id: 'readLogin',
      summary: 'Whether the caller is logged in',
      path,
      answers: { 200: { description: 'So it is.', schema: z.object({ server: z.string(), logged_in: z.boolean() }) } },
      errors,
    },
    'POST /tools/servers/{name}/login': {
      id: 'beginLogin',
      summary: 'Begin a login',
      description: 'The login ends in the browser that made this request: it gets a cookie. It has ten minutes.',
      path,
      answers: {
        200: {
          description: 'Where a person goes on.',
          schema: z.object({ server: z.string(), url: z.url() }),
        },
      },
      errors: [...errors, 'login_failed'],
    },
    'DELETE /tools/servers/{name}/login': {
      id: 'endLogin',
      summary: 'Log out',
      description: 'Forgets the tokens, and tells the authorization server where it listens.',
      path,
      answers: done,
      errors,
    },
    'GET /tools/servers/{name}/secret': {
      id: 'readSecret',
      summary: 'Whether the caller has stored a secret',
      path,
      answers: { 200: { description: 'So it is.', schema: z.object({ server: z.string(), set: z.boolean() }) } },
      errors,
    },
    'PUT /tools/servers/{name}/secret': {
      id: 'writeSecret',
      summary: 'Store a secret',
      path,
      body: { schema: secretSchema, example: { secret: 'a-secret-of-mine' } },
      answers: done,
      errors,
    },
    'DELETE /tools/servers/{name}/secret': {
      id: 'removeSecret',
      summary: 'Forget the secret',
      path,
      answers: done,
      errors,
    },
    'GET /oauth/login/{name}': {
      id: 'openLogin',
      summary: 'Log in, as a link',
      description: 'For a browser: what a turn shows as `url` when it needs a login.',
      path,
      answers: { 302: { description: 'To the authorization server.' } },
      errors: [...errors, 'login_failed'],
    },
  },
};

export const returning: Area = {
  name: 'Authorization servers',
  description: 'For authorization servers, and for people who come back from one.',
  audience: 'anybody',
  operations: {
    'GET /oauth/callback': {
      id: 'finishLogin',
      summary: 'End a login',
      query: z.object({
        state: z.string().optional(),
        code: z.string().optional(),
        iss: z.string().optional(),
        error: z.string().optional(),
      }),
      answers: {
        200: { description: 'A page that says so.', types: page },
        400: { description: 'A page: this browser has begun no such login.', types: page },
        502: { description: 'A page: the authorization server did not let the person in.', types: page },
      },
    },
    'GET /oauth/client-metadata.json': {
      id: 'readClientMetadata',
      summary: 'Who we are to authorization servers',
      answers: {
        200: {
          description: 'A client id metadata document.',
          schema: z.looseObject({ client_id: z.url(), redirect_uris: z.array(z.url()) }),
        },
      },
    },
  },
};
