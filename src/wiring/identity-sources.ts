import type { Redis } from '@upstash/redis/cloudflare';
import type { Database } from '../archive/neon-database.ts';
import type { IdentitySources } from '../auth/identify-credential.ts';
import { neonKeys } from '../auth/neon.ts';
import { rememberKeys, type RememberedKeys } from '../auth/remember-keys.ts';
import { upstashKeyCache } from '../auth/upstash.ts';
import type { RedisKeys } from '../redis/keys.ts';
import type { TokenSources } from './token-sources.ts';

interface Stores {
  redis: Redis;
  keys: RedisKeys;
  database: Database | null;
  remembered: RememberedKeys;
  now(): number;
}

/** All who can tell who is calling, for one request. */
export function identitySources(
  sources: TokenSources,
  { redis, keys, database, remembered, now }: Stores,
): IdentitySources {
  const { tokens, introspection } = sources;
  const cache = upstashKeyCache(redis, keys.apiKey);
  return {
    keys: database ? rememberKeys({ remembered, cache, table: neonKeys(database), now }) : null,
    tokens,
    introspection,
    now,
  };
}
