import type { CatalogueCache } from './catalogue-cache.ts';
import type { CatalogueMemory } from './catalogue-memory.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * What is kept under `key`, of which `stored` was read beforehand. A turn reads catalogues before it knows whose session it is: one that is
 * some caller's (`isPersonal`) and not this one's is left, and theirs is read.
 */
export async function ownCatalogue(
  stored: string | null,
  key: string,
  isPersonal: boolean,
  { cache, memory }: { cache: CatalogueCache; memory: CatalogueMemory },
): Promise<Catalogue | null> {
  const catalogue = memory.parse(key, stored);
  if (!isPersonal || catalogue?.of === key) return catalogue;
  const [own = null] = await cache.read([key]).catch(() => []);
  const read = memory.parse(key, own);
  return read?.of === key ? read : null;
}
