import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiDocument } from '../repository/api-document.ts';
import type { ApiDocument } from '../../src/http/openapi/api-document.ts';
import { checkAnswer } from './check-answer.ts';
import { client } from './client.ts';
import { startLoginServer, type LoginServer } from './login-server.ts';
import { PREPARED, type PreparedRequest } from './prepared-requests.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';
import { startToolServer, type ToolServer } from './tool-server.ts';

let worker: WorkerUnderTest;
let remote: ToolServer;
let guarded: LoginServer;
let api: ReturnType<typeof client>;
beforeAll(async () => {
  [remote, guarded] = await Promise.all([startToolServer(), startLoginServer()]);
  worker = await startWorker({
    ADMIN_TOKEN: 'the-token-of-the-operator',
    JWT_ISSUER: 'https://issuer.example',
    JWT_AUDIENCE: 'edgewise',
    MCP_SERVERS: JSON.stringify({
      mcpServers: {
        far: { url: remote.url, tools: { count: 'ask' } },
        person: { url: guarded.url, auth: { type: 'oauth' } },
        secret: { url: `${guarded.origin}/headers`, auth: { type: 'userSecret', header: 'x-secret' } },
      },
    }),
  });
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  api = client(worker.url, { cookie, 'x-admin-token': 'the-token-of-the-operator' });
});
afterAll(async () => {
  await worker.close();
  await Promise.all([remote.close(), guarded.close()]);
});

const document = await apiDocument();
const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
);

test.each(operations)(
  '$route: its example works, and the answer is as described',
  async ({ route, path, operation }) => {
    const prepared: PreparedRequest = (await PREPARED[route]?.(api)) ?? {};
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = prepared.path?.[name];
      if (value === undefined) throw new Error(`prepared-requests.ts has no {${name}} for ${route}`);
      return value;
    });
    const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    const response = await api.send(
      route.split(' ')[0] ?? '',
      prepared.query ? `${address}?${prepared.query}` : address,
      prepared.body ?? media?.example,
      { ...(type && { 'content-type': type }), ...prepared.headers },
    );
    expect(response.status, await response.clone().text()).toBeLessThan(400);
    expect(await checkAnswer(document, operation, response)).toBeNull();
  },
);

test('what is refused looks as described too', async () => {
  const refused: [string, string, unknown][] = [
    ['POST', '/sessions', { memory_limit: 0 }],
    ['POST', '/sessions', '{'],
    ['GET', '/sessions?limit=1000', undefined],
    ['POST', '/tasks', {}],
    ['GET', '/tasks?status=odd', undefined],
  ];
  for (const [method, path, body] of refused) {
    const operation = document.paths[path.split('?')[0] ?? '']?.[method.toLowerCase()];
    if (!operation) throw new Error(`${method} ${path} is not described`);
    const response = await api.send(method, path, body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await checkAnswer(document, operation, response)).toBeNull();
  }
});

test('a deployment serves the document, and a page of it that takes nothing from elsewhere', async () => {
  const served: ApiDocument = await (await api.get('/openapi.json')).json();
  expect(served).toEqual(document);
  for (const path of ['/docs', '/api/docs']) {
    const page = await api.get(path);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; style-src 'nonce-[\w-]+'; base-uri 'none'/);
    const text = await page.text();
    expect(text).not.toMatch(/<script|<link|<img|\son\w+=|\sstyle=|(src|href)="(https?:)?\/\//);
    const ids = new Set([...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id));
    const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
    for (const { operation } of operations) expect(ids).toContain(operation.operationId);
  }
});
