import { z } from 'zod';
import { archiveQuery, retrySchema } from '../../admin/archive.ts';
import { addBypassSchema } from '../../admin/bypass.ts';
import { addKeySchema, listKeysQuery } from '../../admin/keys.ts';
import type { Area } from '../area.ts';

const text = z.string().nullable();
const errors = ['missing_admin_token', 'invalid_admin_token', 'admin_disabled'] as const;

const keyFields = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  scopes: z.array(z.string()),
  limits: z.object({
    rate_rps: z.number().nullable(),
    rate_burst: z.int().nullable(),
    concurrent_turns: z.int().nullable(),
    tokens_per_day: z.int().nullable(),
    tokens_per_month: z.int().nullable(),
    usd_per_day: z.number().nullable(),
    usd_per_month: z.number().nullable(),
  }),
  hint: z.string().describe('The first characters of the key.'),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime().nullable(),
});

const runtimeSchema = z.object({
  version: z.string(),
  environment: z.string(),
  isolate_uptime_seconds: z.number(),
  provider: z.object({
    default: text,
    available: z.array(z.string()),
    llm_provider: text,
    uses_openrouter: z.boolean(),
    default_model: text,
    openrouter_base_url: z.string(),
    models: z.array(z.string()),
    fallbacks: z.array(z.string()),
    mcp_servers_configured: z.boolean(),
    mcp_servers_active: z.boolean(),
    mcp_server_names: z.array(z.string()),
    mcp_servers_required_minimum: z.int(),
  }),
  memory: z.object({
    backend: z.string(),
    default_limit: z.int(),
    max_limit: z.int(),
    session_timeout_minutes: z.number(),
    namespace: z.string(),
  }),
  history: z.object({ backend: z.string() }),
  limits: z.object({
    rate_rps: z.number(),
    rate_burst: z.int(),
    rate_limit_on_failure: z.enum(['open', 'closed']),
    max_concurrent_turns: z.int(),
    turn_timeout_seconds: z.number(),
    turn_max_steps: z.int(),
    tool_timeout_seconds: z.number(),
  }),
  callers: z.object({
    anonymous: z.boolean(),
    api_keys: z.boolean(),
    jwt_issuer: text,
    introspection: z.boolean(),
    default_scopes: z.array(z.string()),
  }),
  cors_origins: z.array(z.string()),
  log_level: z.string(),
});

export const admin: Area = {
  name: 'Admin',
  description: 'For whoever runs the deployment, behind `ADMIN_TOKEN`.',
  audience: 'operator',
  operations: {
    'GET /admin/runtime': {
      id: 'readRuntime',
      summary: 'Read what the settings were resolved to',
      answers: { 200: { description: 'Models, memory, limits, servers.', schema: runtimeSchema } },
      errors,
    },
    'GET /admin/archive': {
      id: 'readArchive',
      summary: 'See what waits for the archive, and what it refused',
      query: archiveQuery,
      answers: {
        200: {
          description: 'Counts, and a page of dead letters.',
          schema: z.object({
            backend: z.enum(['none', 'postgres', 'redis']),
            waiting: z.int(),
            oldest_waiting_at: z.iso.datetime().nullable(),
            dead: z.int(),
            dead_letters: z.array(
              z.object({
                id: z.string(),
                kind: z.enum(['message', 'session', 'session-deleted', 'unreadable']),
                session_id: text,
                position: z.int().nullable(),
                tries: z.int(),
                reason: z.string(),
                died_at: z.iso.datetime(),
              }),
            ),
            cursor: text,
          }),
        },
      },
      errors: [...errors, 'memory_unavailable'],
    },
    'POST /admin/archive/retry': {
      id: 'retryArchive',
      summary: 'Deliver dead letters again: those with `ids`, or all',
      body: { schema: retrySchema, example: {} },
      answers: { 200: { description: 'How many wait again.', schema: z.object({ retried: z.int() }) } },
      errors: [...errors, 'memory_unavailable'],
    },
    'GET /admin/bypass': {
      id: 'listBypass',
      summary: 'List addresses that no rate limit holds for',
      answers: { 200: { description: 'The addresses.', schema: z.array(z.string()) } },
      errors: [...errors, 'memory_unavailable'],
    },
    'POST /admin/bypass': {
      id: 'addBypass',
      summary: 'Add an address',
      body: { schema: addBypassSchema, example: { ip: '203.0.113.7' } },
      answers: { 201: { description: 'It is on the list.', schema: z.object({ ip: z.string() }) } },
      errors: [...errors, 'invalid_ip', 'memory_unavailable'],
    },
    'DELETE /admin/bypass/{ip}': {
      id: 'removeBypass',
      summary: 'Take an address off',
      path: { ip: 'The address.' },
      answers: { 204: { description: 'It is off the list.' } },
      errors: [...errors, 'invalid_ip', 'bypass_not_found', 'memory_unavailable'],
    },
    'POST /admin/keys': {
      id: 'issueKey',
      summary: 'Issue an API key',
      body: { schema: addKeySchema(0), example: { name: 'The shop', scopes: ['chat', 'catalogue'] } },
      answers: {
        201: {
          description: 'The key; `key` stands here and nowhere else.',
          schema: keyFields.extend({ key: z.string() }),
        },
      },
      errors: [...errors, 'archive_unavailable'],
    },
    'GET /admin/keys': {
      id: 'listKeys',
      summary: 'List the API keys, newest first',
      query: listKeysQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({ keys: z.array(keyFields), cursor: text }),
        },
      },
      errors: [...errors, 'archive_unavailable'],
    },
    'DELETE /admin/keys/{id}': {
      id: 'revokeKey',
      summary: 'Revoke an API key',
      path: { id: 'The id of the key.' },
      answers: { 204: { description: 'It is no longer valid.' } },
      errors: [...errors, 'key_not_found', 'archive_unavailable'],
    },
  },
};
