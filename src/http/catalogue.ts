import { z } from 'zod';
import { SORTS, type Catalogue, type Product } from '../catalogue/catalogue.ts';
import { ERRORS_SHOWN_MAX, PRODUCTS_MAX } from '../catalogue/catalogue-limits.ts';
import { parseJsonLines, parseProductsCsv } from '../catalogue/parse-products.ts';
import { wordsOf } from '../catalogue/searchable.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { parseWith } from './parse-body.ts';

const price = z.coerce.number().min(0).max(1e12).optional();
export const searchProductsQuery = z.object({
  q: z.string().max(500).default(''),
  category: z.string().max(100).optional(),
  min_price: price,
  max_price: price,
  available: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  sort: z.enum(SORTS).default('relevance'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^\d{1,5}$/, 'is not a cursor of this list')
    .transform(Number)
    .refine((offset) => offset <= PRODUCTS_MAX, 'is not a cursor of this list')
    .optional(),
});

/** Takes CSV or JSON lines. Lines with a mistake are told, the others are stored. */
export async function importProducts(c: AppContext): Promise<Response> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const catalogue = catalogueOf(c);
  const parse = { 'text/csv': parseProductsCsv, 'application/x-ndjson': parseJsonLines }[type ?? ''];
  if (!parse) throw new AppError('unsupported_media_type', 'Send the body as text/csv or application/x-ndjson.');
  const { products, errors } = parse(await c.req.text());
  await catalogue.put(products);
  return c.json({
    imported: products.length,
    failed: errors.length,
    errors: errors.slice(0, ERRORS_SHOWN_MAX),
  });
}

export async function searchProducts(c: AppContext): Promise<Response> {
  const input = parseWith(searchProductsQuery, c.req.query(), 'query');
  const { limit, sort, cursor: offset = 0 } = input;
  const { products, total } = await catalogueOf(c).search({
    words: wordsOf(input.q),
    category: input.category ?? null,
    minPrice: input.min_price ?? null,
    maxPrice: input.max_price ?? null,
    available: input.available ?? null,
    sort,
    limit,
    offset,
  });
  const next = offset + products.length;
  return c.json({ products: products.map(productBody), total, cursor: next < total ? String(next) : null });
}

export async function readProduct(c: AppContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const product = await catalogueOf(c).get(id);
  if (!product) throw new AppError('product_not_found', `Product \`${id}\` was not found`);
  return c.json(productBody(product));
}

export async function listCategories(c: AppContext): Promise<Response> {
  return c.json({ categories: await catalogueOf(c).categories() });
}

export function productBody({ updatedAt, ...fields }: Product) {
  return { ...fields, updated_at: updatedAt };
}

function catalogueOf(c: AppContext): Catalogue {
  const { catalogue } = c.get('services');
  if (!catalogue)
    throw new AppError('archive_unavailable', 'A catalogue needs a database, and this deployment has none.');
  return catalogue(c.get('caller'));
}
