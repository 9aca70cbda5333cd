import { parseCatalogue } from './catalogue.ts';
import type { CatalogueCache } from './catalogue-cache.ts';
import { FINGERPRINTS_MS } from './tool-limits.ts';

/** The next turn asks the server again. What its tools were before stays known. */
export async function expireCatalogue(cache: CatalogueCache, key: string): Promise<void> {
  const [stored = null] = await cache.read([key]);
  const catalogue = parseCatalogue(stored);
  if (!catalogue) return;
  await cache.write(key, JSON.stringify({ ...catalogue, expiresAt: 0 }), Math.ceil(FINGERPRINTS_MS / 1000));
}
