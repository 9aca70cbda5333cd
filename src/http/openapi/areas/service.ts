import { z } from 'zod';
import type { Area } from '../area.ts';

const page = { description: 'A page.', types: ['text/html'] };

const check = z.object({ status: z.enum(['reachable', 'unreachable']), latency_ms: z.number() });
const count = z.record(z.string(), z.int());

export const service: Area = {
  name: 'Service',
  description: 'The pages, this document, and how the deployment is.',
  audience: 'anybody',
  operations: {
    'GET /': {
      id: 'home',
      summary: 'The chat page, or a sign of life for clients that do not ask for HTML',
      answers: { 200: { ...page, schema: z.object({ status: z.literal('ok') }) } },
      errors: ['http_error'],
    },
    'GET /health': {
      id: 'health',
      summary: 'Counters over all isolates, and whether the memory answers',
      description: 'Always 200, within two seconds. With `deep=1` every dependency is asked.',
      query: z.object({ deep: z.string().optional() }),
      answers: {
        200: {
          description: 'How it is.',
          schema: z.object({
            status: z.literal('healthy'),
            service: z.string(),
            version: z.string(),
            environment: z.string(),
            uptime_seconds: z.number(),
            memory: z.enum(['reachable', 'unreachable']),
            active_sessions: z.int(),
            active_sse_connections: z.int(),
            requests_total: z.int(),
            responses_total: z.int(),
            errors_total: z.int(),
            checks: z.record(z.string(), check).optional(),
          }),
        },
      },
    },
    'GET /metrics': {
      id: 'metrics',
      summary: 'What was counted over all isolates; for Prometheus with `Accept: text/plain`',
      description: 'Turns and makings of sessions are counted, and nothing else. 404 where metrics are switched off.',
      answers: {
        200: {
          description: 'The counters.',
          types: ['text/plain'],
          schema: z.object({
            requests_total: z.int(),
            responses_total: z.int(),
            errors_total: z.int(),
            requests_by_method: count,
            responses_by_status: count,
            request_latency_avg_ms: z.number(),
            uptime_seconds: z.number(),
            active_sessions: z.int(),
            active_turns: z.int(),
            turns_by_outcome: count,
            errors_by_code: count,
            time_to_first_token_avg_ms: z.number(),
            tokens: z.object({ input: z.int(), output: z.int() }),
            tool_calls: z.object({ ok: z.int(), failed: z.int() }),
          }),
        },
      },
      errors: ['http_error', 'memory_unavailable'],
    },
    'GET /.well-known/oauth-protected-resource': {
      id: 'readResourceMetadata',
      summary: 'Where clients get a token for this deployment (RFC 9728)',
      answers: {
        200: {
          description: 'The authorization server; 404 where the deployment has none.',
          schema: z.object({
            resource: z.string(),
            authorization_servers: z.array(z.string()),
            scopes_supported: z.array(z.string()),
            bearer_methods_supported: z.array(z.string()),
            resource_name: z.string(),
          }),
        },
      },
      errors: ['http_error'],
    },
    'GET /openapi.json': {
      id: 'readOpenApi',
      summary: 'This document',
      answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
    },
    'GET /api/openapi.json': {
      id: 'readApiOpenApi',
      summary: 'This document, once more',
      answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({ openapi: z.string() }) } },
    },
    'GET /docs': { id: 'docs', summary: 'This document as a page', answers: { 200: page } },
    'GET /healthz': {
      id: 'healthz',
      summary: 'Whether we answer, and nothing else',
      answers: { 200: { description: 'We do.', schema: z.object({ status: z.literal('ok'), version: z.string() }) } },
    },
    'GET /api/v1/health': {
      id: 'agentHealth',
      summary: 'Whether we answer, in the envelope of `/api/v1`',
      answers: {
        200: {
          description: 'We do.',
          schema: z.object({
            code: z.literal(0),
            msg: z.literal('healthy'),
            data: z.object({ status: z.literal('ok'), version: z.string() }),
          }),
        },
      },
    },
    'GET /api/redoc': { id: 'apiRedoc', summary: 'The same page', answers: { 200: page } },
    'GET /api/docs': { id: 'apiDocs', summary: 'The same page', answers: { 200: page } },
  },
};
