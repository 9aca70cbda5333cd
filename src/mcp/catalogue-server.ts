import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { SORTS, type Catalogue, type Product } from '../catalogue/catalogue.ts';
import { PRODUCTS_MAX } from '../catalogue/catalogue-limits.ts';
import { wordsOf } from '../catalogue/searchable.ts';
import { AppError } from '../errors.ts';
import { safeAnswer, toolAnswer } from './tool-answer.ts';

/** The list is the same for every caller and changes only with a deployment. */
const LIST_CACHE = { ttlMs: 5 * 60_000, cacheScope: 'public' } as const;
const READS = { readOnlyHint: true, openWorldHint: false };
/** What a model reads of a description in a list; get_product shows all of it. */
const DESCRIPTION_SHOWN_CHARACTERS = 200;

const price = z.number().min(0).max(1e12).nullish();
const searchInput = z.object({
  query: z
    .string()
    .max(500)
    .nullish()
    .describe('Words that all have to fit; spelling may be a little off. Empty: everything.'),
  category: z.string().nullish().describe('As list_categories names it.'),
  min_price: price,
  max_price: price,
  available: z.boolean().nullish(),
  sort: z.enum(SORTS).nullish().describe('relevance unless something else is said.'),
  limit: z.int().min(1).max(50).nullish(),
  offset: z.int().min(0).max(PRODUCTS_MAX).nullish().describe('How many to skip, to read on.'),
});

/** The search tools of one owner's catalogue. What cannot be done is a result with `isError` and a sentence. */
export function catalogueServer(catalogue: Catalogue, onError: (error: unknown) => void): McpServer {
  const info = { name: 'edgewise-catalogue', title: 'Catalogue', version: '1.0.0' };
  const server = new McpServer(info, { cacheHints: { 'tools/list': LIST_CACHE } });

  server.registerTool(
    'search_products',
    {
      title: 'Search products',
      description: 'Searches the product catalogue by words, category, price and availability.',
      inputSchema: searchInput,
      annotations: READS,
    },
    (input) => safeAnswer(searchProducts(catalogue, input), onError),
  );
  server.registerTool(
    'get_product',
    {
      title: 'Show a product',
      description: 'Shows all that the catalogue holds about one product.',
      inputSchema: z.object({ id: z.string().describe('As search_products gives it.') }),
      annotations: READS,
    },
    ({ id }) => safeAnswer(getProduct(catalogue, id), onError),
  );
  server.registerTool(
    'list_categories',
    {
      title: 'List categories',
      description: 'Lists the categories of the catalogue with how many products each has.',
      inputSchema: z.object({}),
      annotations: READS,
    },
    () =>
      safeAnswer(
        catalogue.categories().then((categories) => toolAnswer({ categories })),
        onError,
      ),
  );
  return server;
}

async function searchProducts(catalogue: Catalogue, input: z.infer<typeof searchInput>) {
  const offset = input.offset ?? 0;
  const { products, total } = await catalogue.search({
    words: wordsOf(input.query ?? ''),
    category: input.category ?? null,
    minPrice: input.min_price ?? null,
    maxPrice: input.max_price ?? null,
    available: input.available ?? null,
    sort: input.sort ?? 'relevance',
    limit: input.limit ?? 10,
    offset,
  });
  const next = offset + products.length;
  return toolAnswer({ products: products.map(shortened), total, next_offset: next < total ? next : null });
}

async function getProduct(catalogue: Catalogue, id: string) {
  const product = await catalogue.get(id);
  if (!product) {
    throw new AppError('product_not_found', `There is no product \`${id}\`. Call search_products to find its id.`);
  }
  return toolAnswer(fields(product));
}

function shortened(product: Product) {
  const { description } = product;
  const isLong = description !== null && description.length > DESCRIPTION_SHOWN_CHARACTERS;
  const short = isLong ? `${description.slice(0, DESCRIPTION_SHOWN_CHARACTERS).toWellFormed()}…` : description;
  return { ...fields(product), description: short };
}

function fields({ updatedAt, ...rest }: Product) {
  return { ...rest, updated_at: updatedAt };
}
