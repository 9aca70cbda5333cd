import { Redis } from '@upstash/redis/cloudflare';
import { afterAll, beforeAll, describe } from 'vitest';
import { startRedis, type LocalRedis } from '../../local/redis/start-redis.ts';

type Opened = { local: LocalRedis; redis: Redis };

export type RedisUnderTest = {
  /** A client as the Worker makes it. */
  redis(): Redis;
  local(): LocalRedis;
  /** A key that no other test and no other run uses. */
  key(name: string): string;
};

const redisUrl = process.env['REDIS_URL'];
const ENGINES = [
  { engine: 'js-redis-server', url: undefined },
  ...(redisUrl ? [{ engine: 'the Redis at REDIS_URL', url: redisUrl }] : []),
];

/** Runs `suite` behind the Upstash front of each engine: always the one in this process, and a real Redis when there is one. */
export function describeRedis(title: string, suite: (under: RedisUnderTest) => void): void {
  describe.each(ENGINES)(`${title}: $engine`, ({ url }) => {
    const prefix = `contract:${crypto.randomUUID()}:`;
    let opened: Opened | undefined;
    const current = (): Opened => {
      if (opened === undefined) throw new Error('The front is open only while a test runs.');
      return opened;
    };

    beforeAll(async () => {
      const local = await startRedis({ host: '127.0.0.1', port: 0, redisUrl: url });
      opened = { local, redis: new Redis({ url: local.url, token: local.token }) };
    });
    afterAll(async () => {
      const { redis, local } = current();
      const left = await redis.keys(`${prefix}*`);
      if (left.length > 0) await redis.del(...left);
      await local.close();
    });

    suite({ redis: () => current().redis, local: () => current().local, key: (name) => prefix + name });
  });
}
