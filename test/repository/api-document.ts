import { Hono } from 'hono';
import { apiDocs } from '../../src/http/api-docs.ts';
import type { AppEnv } from '../../src/http/context.ts';
import type { ApiDocument } from '../../src/http/openapi/api-document.ts';

/** The document as it is served. */
export async function apiDocument(): Promise<ApiDocument> {
  const app = new Hono<AppEnv>();
  app.get('/openapi.json', apiDocs().openapi);
  const response = await app.request('/openapi.json');
  return (await response.json()) as ApiDocument;
}
