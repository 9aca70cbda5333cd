import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { emptyFolder, freePort, quietEnvironment, runLocal } from './local-command.ts';

// Databases and Workers take a second to start, and many seconds on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

const WORKER = `export default {
  fetch(request, env) {
    console.log('asked for ' + new URL(request.url).pathname);
    return Response.json(env);
  },
};`;
const CONFIG = `name = "stand-in"
main = "worker.js"
compatibility_date = "2026-10-01"
`;

function project(devVars: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'worker.js'), WORKER);
  writeFileSync(join(folder, 'wrangler.toml'), CONFIG);
  writeFileSync(join(folder, '.dev.vars'), devVars);
  return folder;
}

const start = async (devVars: string) => {
  const port = await freePort();
  const env = await quietEnvironment();
  const command = runLocal('dev.ts', ['--port', String(port)], project(devVars), env);
  await command.says('Ctrl-C ends everything.');
  return { command, env, address: `http://127.0.0.1:${port}` };
};

test(
  'npm run dev starts a Worker with the local services and ends everything on SIGTERM',
  { timeout: 60_000 },
  async () => {
    const { command, env, address } = await start('');
    const redisUrl = `http://127.0.0.1:${env['LOCAL_REDIS_PORT']}`;
    expect(await (await fetch(`${address}/vars`)).json()).toMatchObject({
      ENVIRONMENT: 'development',
      UPSTASH_REDIS_REST_URL: redisUrl,
      NEON_FETCH_ENDPOINT: `http://127.0.0.1:${env['LOCAL_POSTGRES_PORT']}/sql`,
      COMPATIBLE_MODEL: 'demo',
    });
    await command.says('asked for /vars');
    expect(command.output()).toContain(address);
    expect(command.output()).toContain('demonstration model');
    expect(command.output()).not.toMatch(/wrangler|⎔|Binding/);

    command.process.kill('SIGTERM');
    expect(await command.ended).toBe(0);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
    await expect(fetch(redisUrl)).rejects.toThrow('fetch failed');
  },
);

test('a provider key and a Redis in .dev.vars are used in place of the local ones', async () => {
  const devVars = {
    OPENAI_API_KEY: 'sk-own',
    UPSTASH_REDIS_REST_URL: 'https://own.example',
    UPSTASH_REDIS_REST_TOKEN: 'own',
    NEON_FETCH_ENDPOINT: '',
  };
  const { command, env, address } = await start(
    Object.entries(devVars)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const vars: unknown = await (await fetch(address)).json();
  expect(vars).toMatchObject({
    OPENAI_API_KEY: 'sk-own',
    UPSTASH_REDIS_REST_URL: 'https://own.example',
    NEON_FETCH_ENDPOINT: `http://127.0.0.1:${env['LOCAL_POSTGRES_PORT']}/sql`,
  });
  expect(vars).not.toHaveProperty('COMPATIBLE_BASE_URL');
  expect(command.output()).toContain('your own, because .dev.vars sets OPENAI_API_KEY');
  await expect(fetch(`http://127.0.0.1:${env['LOCAL_MODEL_PORT']}`)).rejects.toThrow('fetch failed');
  command.process.kill('SIGINT');
  expect(await command.ended).toBe(0);
});
