import type { Redis } from '@upstash/redis/cloudflare';
import type { Database } from '../archive/neon-database.ts';
import type { Env } from '../env.ts';
import type { ClientToken } from '../logins/client-token.ts';
import { sealedCredentials } from '../logins/credentials.ts';
import { neonCredentials } from '../logins/neon.ts';
import { serverLogins, type LoginsOptions, type ServerLogins } from '../logins/server-logins.ts';
import { upstashLoginMemory } from '../logins/upstash.ts';
import type { RedisKeys } from '../redis/keys.ts';
import type { Seal } from '../seal/seal.ts';
import { guardedFetch } from '../tools/guarded-fetch.ts';
import { outgoingFetch } from '../tools/outgoing-fetch.ts';
import { refuseAddress } from '../tools/refuse-address.ts';

/** One request of those that make up a login. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface LoginParts {
  env: Env;
  redis: Redis;
  keys: RedisKeys;
  database: Database | null;
  seal: Seal | null;
  servers: LoginsOptions['servers'];
  clientTokens: Map<string, ClientToken>;
  onChange: LoginsOptions['onChange'];
  waitUntil(promise: Promise<unknown>): void;
  now(): number;
}

export function callerLogins({ env, redis, keys, database, seal, ...rest }: LoginParts): ServerLogins {
  const development = env.ENVIRONMENT === 'development';
  const memory = upstashLoginMemory({ redis, keys });
  const newId = () => crypto.randomUUID();
  const network = outgoingFetch((url, init) => fetch(url, init), { development, timeoutMs: REQUEST_TIMEOUT_MS });
  return serverLogins({
    ...rest,
    memory,
    seal,
    newId,
    credentials: database && seal && sealedCredentials({ store: neonCredentials(database), memory, seal, newId }),
    missing: seal ? 'DATABASE_URL' : 'SEALING_KEYS',
    fetch: guardedFetch(network, () => {}),
    refuseAddress: (url) => refuseAddress(url, { development }),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
