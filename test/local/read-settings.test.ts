import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkVariables } from '../../local/dev/check-variables.ts';
import { planServices } from '../../local/dev/plan-services.ts';
import { readArguments } from '../../local/dev/read-arguments.ts';
import { startPostgres } from '../../local/postgres/start-postgres.ts';
import { readDevVars } from '../../local/read-dev-vars.ts';
import { startRedis } from '../../local/redis/start-redis.ts';
import { servicesEnvironment } from '../../local/services-environment.ts';
import { emptyFolder } from './local-command.ts';

const ADDRESS = { host: '127.0.0.1', port: 0 };

test('the port is the argument, else the variable, else 8787', () => {
  expect(readArguments(['--port', '9001'], { PORT: '9002' })).toEqual({ port: 9001, vars: {} });
  expect(readArguments(['--port=9001'], {})).toEqual({ port: 9001, vars: {} });
  expect(readArguments([], { PORT: '9002' })).toEqual({ port: 9002, vars: {} });
  const given = ['--var', 'MCP_SERVERS:{"mcpServers":{}}', '--var', 'TOOL_APPROVAL:ask'];
  expect(readArguments(given, {}).vars).toEqual({ MCP_SERVERS: '{"mcpServers":{}}', TOOL_APPROVAL: 'ask' });
  expect(() => readArguments(['--var', 'TOOL_APPROVAL'], {})).toThrow('--var must be NAME:VALUE');
  expect(readArguments([], { PORT: '' })).toEqual({ port: 8787, vars: {} });
});

test('a port that is none is refused by the name that holds it', () => {
  expect(() => readArguments(['--port', 'abc'], {})).toThrow(
    '--port must be a port number from 1 to 65535, not "abc".',
  );
  expect(() => readArguments([], { PORT: '70000' })).toThrow('PORT must be a port number');
  expect(() => servicesEnvironment({ LOCAL_MODEL_PORT: '-1' })).toThrow('LOCAL_MODEL_PORT must be a port number');
});

test('an address of a real server that is none is refused', async () => {
  await expect(startRedis({ ...ADDRESS, redisUrl: 'http://127.0.0.1' })).rejects.toThrow('REDIS_URL must look like');
  await expect(startPostgres({ ...ADDRESS, postgresUrl: 'nowhere' })).rejects.toThrow('POSTGRES_URL must look like');
});

test('a real server that does not answer is named without its password', async () => {
  await expect(startRedis({ ...ADDRESS, redisUrl: 'redis://:secret@127.0.0.1:1' })).rejects.toThrow(
    /^REDIS_URL \(redis:\/\/127\.0\.0\.1:1\) does not work: (?!.*secret)/,
  );
  await expect(startPostgres({ ...ADDRESS, postgresUrl: 'postgres://u:secret@127.0.0.1:1/db' })).rejects.toThrow(
    /^POSTGRES_URL \(postgres:\/\/127\.0\.0\.1:1\/db\) does not work: (?!.*secret)/,
  );
});

test('an empty variable in .dev.vars is not set, and a missing file sets none', () => {
  const file = join(emptyFolder(), '.dev.vars');
  expect(readDevVars(file)).toEqual({});
  writeFileSync(file, '# comment\nOPENAI_API_KEY=\nRATE_RPS="2"\nMCP_SERVERS=\'{"a": 1}\'\n');
  expect(readDevVars(file)).toEqual({ RATE_RPS: '2', MCP_SERVERS: '{"a": 1}' });
});

test('a service is started unless .dev.vars names another', () => {
  expect(planServices({ RATE_RPS: '2' }).needed).toEqual(new Set(['redis', 'postgres', 'model']));
  expect(planServices({ DATABASE_URL: 'postgres://x', GEMINI_API_KEY: 'x' })).toEqual({
    needed: new Set(['redis']),
    own: { redis: [], postgres: ['DATABASE_URL'], model: ['GEMINI_API_KEY'] },
  });
});

test('a variable that the Worker does not know is reported, but not a secret of an MCP server', () => {
  const devVars = { RATE_RSP: '2', TRACKER_TOKEN: 'x', MCP_SERVERS: '{"mcpServers":{"a":{"url":"${TRACKER_TOKEN}"}}}' };
  expect(checkVariables(devVars)).toEqual(['RATE_RSP']);
});
