import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { neonCatalogue } from '../../src/catalogue/neon.ts';
import { productSchema } from '../../src/catalogue/product-fields.ts';
import { serveMcp } from '../../src/mcp/serve-mcp.ts';
import { openTestDatabase } from '../archive/database-under-test.ts';
import { noCatalogue } from '../catalogue/no-catalogue.ts';
import { noKnowledge } from '../knowledge/no-knowledge.ts';
import { noCode } from '../code/no-code.ts';
import { noWorkspace } from '../workspace/no-workspace.ts';
import { memoryTaskStore } from './memory-task-store.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

async function connect(catalogue: Catalogue): Promise<Client> {
  const caller = { kind: 'anonymous', owner: 'anonymous:test' } as const;
  const context = {
    caller,
    tasks: () => memoryTaskStore(),
    files: noWorkspace,
    catalogue,
    knowledge: noKnowledge,
    code: noCode,
    chat: null,
  };
  const fetch = async (url: string | URL, init?: RequestInit) =>
    (await serveMcp('catalogue', new Request(url, init), context)) ?? new Response(null, { status: 404 });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL('http://edgewise.test/mcp/catalogue'), { fetch }));
  onTestFinished(() => client.close());
  return client;
}

async function shop(): Promise<Client> {
  const catalogue = neonCatalogue(database, `test ${crypto.randomUUID()}`);
  const description = 'x'.repeat(300);
  await catalogue.put(
    [
      { id: 'tea', name: 'Green tea', price: 7.5, category: 'Food', description },
      { id: 'cake', name: 'Tea cake', price: 12, category: 'Food' },
    ].map((fields) => productSchema.parse(fields)),
  );
  return connect(catalogue);
}

test('every tool only reads', async () => {
  const { tools } = await (await connect(noCatalogue)).listTools();
  expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint, annotations?.openWorldHint])).toEqual([
    ['search_products', true, false],
    ['get_product', true, false],
    ['list_categories', true, false],
  ]);
});

test('products are searched, page by page, with descriptions cut short, and shown whole', async () => {
  const client = await shop();
  const data = async (name: string, input = {}) =>
    (await client.callTool({ name, arguments: input })).structuredContent;
  expect(await data('search_products', { query: 'tea', sort: 'price_asc', limit: 1 })).toMatchObject({
    products: [{ id: 'tea', price: 7.5, description: `${'x'.repeat(200)}…` }],
    total: 2,
    next_offset: 1,
  });
  expect(await data('search_products', { query: 'tea', sort: 'price_asc', offset: 1 })).toMatchObject({
    products: [{ id: 'cake' }],
    next_offset: null,
  });
  expect(await data('search_products', { query: null, min_price: 10 })).toMatchObject({ products: [{ id: 'cake' }] });
  expect(await data('get_product', { id: 'tea' })).toMatchObject({ name: 'Green tea', description: 'x'.repeat(300) });
  expect(await data('list_categories')).toEqual({ categories: [{ name: 'Food', products: 2 }] });
});

test.each([
  ['get_product', { id: 'none' }, /^There is no product `none`/],
  ['get_product', {}, /id/],
  ['search_products', { query: 'x'.repeat(501) }, /query/],
  ['search_products', { sort: 'random' }, /sort/],
  ['search_products', { min_price: -1 }, /min_price/],
  ['search_products', { limit: 51 }, /limit/],
])('%s with %.40j is refused with a sentence', async (name, input, sentence) => {
  const result = await (await shop()).callTool({ name, arguments: input });
  expect(result).toMatchObject({ isError: true, content: [{ type: 'text', text: expect.stringMatching(sentence) }] });
});
