import { neon, neonConfig } from '@neondatabase/serverless';
import { Redis } from '@upstash/redis/cloudflare';
import { expect, test, vi } from 'vitest';
import { ENV_NAMES, parseEnv } from '../../src/env.ts';
import { startServices } from '../../local/start-services.ts';
import { emptyFolder } from './local-command.ts';

// Databases and Workers take a second to start, and many seconds on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

test('the variables are the ones that the Worker reads, and lead to services that answer', async () => {
  const services = await startServices();
  const { vars } = services;
  expect(Object.keys(vars).filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
  const env = parseEnv(vars);

  const redis = new Redis({ url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN.reveal() });
  expect(await redis.ping()).toBe('PONG');
  neonConfig.fetchEndpoint = services.postgres.endpoint;
  expect(await neon(services.postgres.url)`select 1 as one`).toEqual([{ one: 1 }]);
  expect((await fetch(`${env.COMPATIBLE_BASE_URL}/models`)).status).toBe(200);

  await services.close();
  for (const url of [services.redis.url, services.postgres.endpoint, services.model.url]) {
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  }
});

test('Postgres keeps its data, and the machine its sealing key, in the folder from one start to the next', async () => {
  const dataFolder = emptyFolder();
  const first = await startServices({ dataFolder });
  neonConfig.fetchEndpoint = first.postgres.endpoint;
  const write = neon(first.postgres.url);
  await write`create table kept (word text)`;
  await write`insert into kept values ('still here')`;
  await first.close();

  const second = await startServices({ dataFolder });
  neonConfig.fetchEndpoint = second.postgres.endpoint;
  expect(await neon(second.postgres.url)`select word from kept`).toEqual([{ word: 'still here' }]);
  expect(second.vars['SEALING_KEYS']).toBe(first.vars['SEALING_KEYS']);
  await second.close();
});

test('when one service cannot start, none stays behind', async () => {
  const running = await startServices();
  const taken = Number(new URL(running.redis.url).port);
  const dataFolder = emptyFolder();
  await expect(startServices({ redisPort: taken, dataFolder })).rejects.toThrow('the port is already taken');
  // The folder's lock is free again, so everything that held it is closed.
  const after = await startServices({ dataFolder });
  await after.close();
  await running.close();
});
