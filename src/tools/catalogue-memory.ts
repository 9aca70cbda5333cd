import { parseCatalogue, type Catalogue } from './catalogue.ts';
import { CATALOGUES_PARSED_MAX } from './tool-limits.ts';

/** What one isolate remembers of catalogues between its requests. It holds data alone: connections belong to a request. */
export interface CatalogueMemory {
  /** As `parseCatalogue`, and only once as long as the text stays what it is. */
  parse(key: string, text: string | null): Catalogue | null;
  /** The latest listing of a server that has begun here, until it is forgotten. */
  listing(key: string): Promise<Catalogue> | null;
  list(key: string, listing: Promise<Catalogue>): void;
  forget(key: string): void;
}

export function catalogueMemory(): CatalogueMemory {
  const parsed = new Map<string, { text: string; catalogue: Catalogue | null }>();
  const listings = new Map<string, Promise<Catalogue>>();
  return {
    parse(key, text) {
      if (text === null) return null;
      const known = parsed.get(key);
      if (known?.text === text) return known.catalogue;
      const catalogue = parseCatalogue(text);
      const [oldest] = parsed.keys();
      if (oldest !== undefined && parsed.size >= CATALOGUES_PARSED_MAX) parsed.delete(oldest);
      parsed.set(key, { text, catalogue });
      return catalogue;
    },
    listing: (key) => listings.get(key) ?? null,
    list: (key, listing) => void listings.set(key, listing),
    forget: (key) => void listings.delete(key),
  };
}
