import { z } from 'zod';
import type { Area } from '../area.ts';

const page = { description: 'A page.', types: ['text/html'] };

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
      description: 'Always 200, within two seconds.',
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
          }),
        },
      },
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
    'GET /docs': { id: 'docs', summary: 'This document as a page', answers: { 200: page } },
    'GET /api/docs': { id: 'apiDocs', summary: 'The same page', answers: { 200: page } },
  },
};
