import type { Catalogue } from './catalogue.ts';
import { newImport, type ImportState } from './import-state.ts';
import type { LineError, ParsedProducts } from './parse-products.ts';

/** How far an import has come, in all, with the mistakes that are new. */
export interface ImportProgress {
  imported: number;
  failed: number;
  errors: LineError[];
}

/**
 * Stores the products of a file piece by piece, and tells after each how far it is. What was stored stays when a later piece is refused:
 * the same file may be sent again. Throws the catalogue's AppErrors.
 */
export async function* importProducts(
  pieces: AsyncIterable<string>,
  parse: (text: string, state: ImportState) => ParsedProducts,
  catalogue: Pick<Catalogue, 'put'>,
): AsyncGenerator<ImportProgress> {
  const state = newImport();
  let [imported, failed] = [0, 0];
  for await (const piece of pieces) {
    const { products, errors } = parse(piece, state);
    if (products.length > 0) await catalogue.put(products);
    imported += products.length;
    failed += errors.length;
    yield { imported, failed, errors };
  }
  if (state.line === 1) {
    const { errors } = parse('', state);
    yield { imported, failed: errors.length, errors };
  }
}
