import { z } from 'zod';
import { SHARED_OWNER, SORTS, type Catalogue, type Product } from '../catalogue/catalogue.ts';
import { PRODUCTS_MAX } from '../catalogue/catalogue-limits.ts';
import { wordsOf } from '../catalogue/searchable.ts';
import type { Caller } from '../auth/caller.ts';
import { AppError } from '../errors.ts';
import { assertAdmin } from './admin/assert-admin.ts';
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

export const writeProductsQuery = z.object({
  shared: z
    .enum(['', 'true', 'false'])
    .default('false')
    .transform((text) => text !== 'false'),
});

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

export async function removeProduct(c: AppContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (!(await writableCatalogue(c).remove(id)))
    throw new AppError('product_not_found', `Product \`${id}\` was not found`);
  return c.body(null, 204);
}

export async function listCategories(c: AppContext): Promise<Response> {
  return c.json({ categories: await catalogueOf(c).categories() });
}

export function productBody({ updatedAt, ...fields }: Product) {
  return { ...fields, updated_at: updatedAt };
}

/** The caller's own products; with `?shared` those of all, for whoever runs the deployment. */
export function writableCatalogue(c: AppContext): Catalogue {
  const { shared } = parseWith(writeProductsQuery, c.req.query(), 'query');
  if (!shared) return catalogueOf(c);
  assertAdmin(c);
  return catalogueOf(c, { kind: 'key', owner: SHARED_OWNER });
}

function catalogueOf(c: AppContext, caller: Caller = c.get('caller')): Catalogue {
  const { catalogue } = c.get('services');
  if (!catalogue)
    throw new AppError('archive_unavailable', 'A catalogue needs a database, and this deployment has none.');
  return catalogue(caller);
}
