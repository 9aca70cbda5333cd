import { KEY_REMEMBERED_MS, type ApiKey, type ApiKeys } from './api-key.ts';
import type { KeyTable } from './neon.ts';
import type { KeyCache } from './upstash.ts';

/** A key that is not there may be issued at any moment. */
const UNKNOWN_REMEMBERED_MS = 5_000;
/** Beyond this an isolate forgets them all and asks again. */
const REMEMBERED_MAX = 5_000;

export type RememberedKeys = Map<string, { key: ApiKey | null; until: number }>;

interface Sources {
  /** Lives as long as the isolate. */
  remembered: RememberedKeys;
  cache: KeyCache;
  table: KeyTable;
  now(): number;
}

/** Keys are looked up where it costs least: in this isolate (no request at all), then in Redis, then in Postgres. */
export function rememberKeys({ remembered, cache, table, now }: Sources): ApiKeys {
  function remember(hash: string, key: ApiKey | null): ApiKey | null {
    if (remembered.size >= REMEMBERED_MAX) remembered.clear();
    remembered.set(hash, { key, until: now() + (key ? KEY_REMEMBERED_MS : UNKNOWN_REMEMBERED_MS) });
    return key;
  }

  return {
    add: (key, hash) => table.add(key, hash),
    list: (page) => table.list(page),
    async find(hash) {
      const known = remembered.get(hash);
      if (known && known.until > now()) return known.key;
      const cached = await cache.get(hash);
      if (cached !== undefined) return remember(hash, cached);
      const key = await table.find(hash);
      if (key) await cache.keep(hash, key);
      return remember(hash, key);
    },
    async revoke(id) {
      const hash = await table.hashOf(id);
      if (hash === null) return false;
      // Redis first: once Postgres says that the key is revoked, a repeated call could not tell the others any more.
      await cache.bury(hash);
      remember(hash, null);
      return table.revoke(id, now());
    },
  };
}
