import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examine } from '../../local/doctor/examine.ts';
import type { Finding } from '../../local/doctor/finding.ts';
import { startServices } from '../../local/start-services.ts';
import { startToolServer } from '../app/tool-server.ts';

let services: Awaited<ReturnType<typeof startServices>>;
let toolServer: Awaited<ReturnType<typeof startToolServer>>;
beforeAll(async () => {
  [services, toolServer] = await Promise.all([startServices(), startToolServer()]);
}, 60_000);
afterAll(() => Promise.all([services.close(), toolServer.close()]));

/** What `npm run dev` would run with, and a model that does not take its time. */
const wellSet = (vars: Record<string, string>): Record<string, string> => ({
  ...services.vars,
  COMPATIBLE_MODEL: 'demo?n=3&tps=0',
  ...vars,
});

const NOWHERE = 'http://127.0.0.1:1';

function withServer(url: string): string {
  return JSON.stringify({ mcpServers: { remote: { url } } });
}

async function wrongOnes(vars: Record<string, string>): Promise<Record<string, string>> {
  const findings = await examine(wellSet(vars));
  return Object.fromEntries(findings.filter(isWrong).map(({ about, says }) => [about, says]));
}

const isWrong = ({ level }: Finding): boolean => level === 'wrong';

test('with everything in its place nothing is to mend, and each dependency has answered', async () => {
  const findings = await examine(wellSet({ MCP_SERVERS: withServer(toolServer.url) }));
  expect(findings.filter(isWrong)).toEqual([]);
  const fine = findings.filter(({ level }) => level === 'fine').map(({ about }) => about.replace(/ at .*/, ''));
  expect(fine).toEqual(expect.arrayContaining(['variables', 'Redis', 'Postgres', 'tables', 'tool server remote']));
  expect(fine.some((about) => about.startsWith('model '))).toBe(true);
});

describe('names what is to mend', () => {
  test.each<[string, Record<string, string>, string, string]>([
    ['a missing variable', { UPSTASH_REDIS_REST_URL: '' }, 'UPSTASH_REDIS_REST_URL', 'is not set'],
    ['a value of the wrong form', { RATE_RPS: 'fast' }, 'RATE_RPS', 'number'],
    ['a Redis that is away', { UPSTASH_REDIS_REST_URL: NOWHERE }, 'Redis at 127.0.0.1:1', 'cannot be reached'],
    ['a database that is away', { NEON_FETCH_ENDPOINT: `${NOWHERE}/sql` }, 'Postgres', 'cannot be reached'],
    [
      'a model that there is not',
      { COMPATIBLE_MODEL: 'demo?status=404' },
      'model compatible/demo?status=404',
      'no such model',
    ],
    ['a closed key', { COMPATIBLE_MODEL: 'demo?status=401' }, 'model compatible/demo?status=401', 'refuses the key'],
    [
      'a tool server that is away',
      { MCP_SERVERS: withServer(`${NOWHERE}/mcp`) },
      'tool server remote',
      'cannot be reached',
    ],
    ['a setting that is no JSON', { MCP_SERVERS: '{' }, 'MCP_SERVERS', 'JSON'],
    [
      'a deployment that nobody may call',
      { ALLOW_ANONYMOUS: 'false', ADMIN_TOKEN: '' },
      'who may call',
      'Nobody may call',
    ],
    [
      'keys that cannot be had',
      { JWT_ISSUER: NOWHERE, JWT_AUDIENCE: 'us', JWT_JWKS_URL: NOWHERE },
      'keys at 127.0.0.1:1',
      'JWT_JWKS_URL',
    ],
  ])('%s', async (_what, vars, about, says) => {
    const found = await wrongOnes(vars);
    expect(Object.keys(found)).toContain(about);
    expect(found[about]).toContain(says);
  });

  test('a wrong token, without showing it', async () => {
    const token = 'a-token-that-opens-nothing';
    const findings = await examine(wellSet({ UPSTASH_REDIS_REST_TOKEN: token }));
    expect(findings.filter(isWrong).map(({ says }) => says)).toEqual(['refuses UPSTASH_REDIS_REST_TOKEN']);
    expect(JSON.stringify(findings)).not.toContain(token);
  });
});
