import { closeServer } from '../close-server.ts';
import { listen, type Address } from '../listen.ts';
import { LocalError } from '../local-error.ts';
import { CommandRunner } from './command-runner.ts';
import type { RedisEngine } from './redis-engine.ts';
import { RespError } from './resp-reply.ts';
import { createUpstashFront } from './upstash-front.ts';

export type LocalRedis = { url: string; token: string; engine: string; close(): Promise<void> };

export type LocalRedisOptions = Address & {
  /** A real Redis behind the front; without it an empty one in this process. */
  redisUrl?: string | undefined;
  token?: string;
  /** Scripts may touch only the keys that they were given in KEYS. */
  strictKeys?: boolean;
};

/** Starts Upstash's REST API on a port of this machine. Throws LocalError when the port or the Redis cannot be had. */
export async function startRedis(options: LocalRedisOptions): Promise<LocalRedis> {
  const { redisUrl, token = 'local-token', strictKeys = true } = options;
  const engine = await openEngine(redisUrl);
  const runner = new CommandRunner(engine, { strictKeys });
  const server = createUpstashFront(engine, runner, token);
  const close = async (): Promise<void> => {
    await closeServer(server);
    runner.close();
    engine.close();
  };
  try {
    const [pong] = await runner.pipeline([['PING']]);
    if (pong instanceof RespError) throw new LocalError(`REDIS_URL (${engine.name}) does not work: ${pong.message}.`);
    const port = await listen(server, options, 'The local Redis (LOCAL_REDIS_PORT)');
    return { url: `http://${options.host}:${port}`, token, engine: engine.name, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Only the engine that is used is loaded. */
async function openEngine(redisUrl: string | undefined): Promise<RedisEngine> {
  if (!redisUrl) return (await import('./memory-engine.ts')).createMemoryEngine();
  return (await import('./server-engine.ts')).createServerEngine(redisUrl);
}
