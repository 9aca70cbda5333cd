import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import type { Catalogue, ProductQuery } from '../../src/catalogue/catalogue.ts';
import { PRODUCTS_MAX } from '../../src/catalogue/catalogue-limits.ts';
import { neonCatalogue } from '../../src/catalogue/neon.ts';
import { productSchema } from '../../src/catalogue/product-fields.ts';
import { wordsOf } from '../../src/catalogue/searchable.ts';
import { openTestDatabase } from '../archive/database-under-test.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

const open = () => neonCatalogue(database, `test ${crypto.randomUUID()}`);
const product = (id: string, name: string, more: object = {}) => productSchema.parse({ id, name, ...more });
const everything = {
  words: [],
  category: null,
  minPrice: null,
  maxPrice: null,
  available: null,
  sort: 'relevance',
  limit: 50,
  offset: 0,
} satisfies ProductQuery;

async function ids(catalogue: Catalogue, query: string, more: Partial<ProductQuery> = {}): Promise<string[]> {
  const { products } = await catalogue.search({ ...everything, words: wordsOf(query), ...more });
  return products.map(({ id }) => id);
}

async function shop(): Promise<Catalogue> {
  const catalogue = open();
  await catalogue.put([
    product('kb', 'Mechanical keyboard', { price: 89.9, category: 'Computers', attributes: { switches: 'brown' } }),
    product('ms', 'Wireless mouse', { price: 25, category: 'Computers', available: false }),
    product('tea', 'Green tea', { price: 7.5, category: 'Food', description: 'Loose leaves for the keyboard worker' }),
    product('book', 'کتاب‌خانه‌ی چوبی', { price: 120, category: 'خانه' }),
    product('free', 'Sticker'),
  ]);
  return catalogue;
}

test('a product comes back as it was put, and is replaced under its id', async () => {
  const catalogue = await shop();
  expect(await catalogue.get('kb')).toEqual({
    id: 'kb',
    name: 'Mechanical keyboard',
    description: null,
    price: 89.9,
    category: 'Computers',
    attributes: { switches: 'brown' },
    shared: false,
    available: true,
    updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  await catalogue.put([product('kb', 'Quiet keyboard')]);
  expect(await catalogue.get('kb')).toMatchObject({ name: 'Quiet keyboard', price: null, attributes: {} });
  expect(await ids(catalogue, 'mechanical')).toEqual([]);
  expect(await catalogue.get('none')).toBeNull();
});

test.each([
  ['keyboard', ['kb', 'tea']],
  ['KEYB', ['kb', 'tea']],
  ['keybaord', ['kb']],
  ['mechanicl keyboard', ['kb']],
  ['wireles', ['ms']],
  ['brown', ['kb']],
  ['computers', ['kb', 'ms']],
  ['كتابخانه', ['book']],
  ['كتاب خانه', ['book']],
  ['green mouse', []],
  ['xylophone', []],
  ["'; drop table products; --", []],
  ['', ['free', 'tea', 'kb', 'book', 'ms']],
])('%j finds %j', async (query, found) => {
  expect((await ids(await shop(), query)).sort()).toEqual([...found].sort());
});

test('the name counts more than the description, the whole word more than its beginning, a slip least', async () => {
  const catalogue = open();
  await catalogue.put([
    product('slip', 'A keyboad'),
    product('text', 'B thing', { description: 'a keyboard' }),
    product('start', 'C keyboards'),
    product('word', 'D keyboard'),
  ]);
  expect(await ids(catalogue, 'keyboard')).toEqual(['word', 'start', 'text', 'slip']);
});

test('filters, order and pages', async () => {
  const catalogue = await shop();
  expect(await ids(catalogue, '', { category: 'Computers', sort: 'price_asc' })).toEqual(['ms', 'kb']);
  expect(await ids(catalogue, '', { minPrice: 7.5, maxPrice: 89.9, sort: 'price_desc' })).toEqual(['kb', 'ms', 'tea']);
  expect(await ids(catalogue, '', { available: false })).toEqual(['ms']);
  expect(await ids(catalogue, '', { sort: 'price_asc' })).toEqual(['tea', 'ms', 'kb', 'book', 'free']);
  const page = await catalogue.search({ ...everything, sort: 'price_asc', limit: 2, offset: 1 });
  expect([page.products.map(({ id }) => id), page.total]).toEqual([['ms', 'kb'], 5]);
});

test('categories are counted', async () => {
  expect(await (await shop()).categories()).toEqual([
    { name: 'Computers', products: 2 },
    { name: 'Food', products: 1 },
    { name: 'خانه', products: 1 },
  ]);
});

test('products of somebody else do not exist', async () => {
  await shop();
  const stranger = open();
  expect([await stranger.get('kb'), await stranger.categories(), await ids(stranger, '')]).toEqual([null, [], []]);
});

test('many arrive together or not at all, and a full catalogue still takes replacements', async () => {
  const catalogue = open();
  const many = Array.from({ length: PRODUCTS_MAX }, (_, index) => product(`p${index}`, `Thing ${index}`));
  await expect(catalogue.put([...many, product('more', 'One too many')])).rejects.toMatchObject({
    code: 'catalogue_full',
  });
  expect(await ids(catalogue, '')).toEqual([]);
  await catalogue.put(many);
  await expect(catalogue.put([product('more', 'One too many')])).rejects.toMatchObject({ code: 'catalogue_full' });
  await catalogue.put([product('p1', 'Renamed')]);
  expect(await ids(catalogue, 'renamed')).toEqual(['p1']);
  const { total } = await catalogue.search({ ...everything, words: wordsOf('thing') });
  expect(total).toBe(PRODUCTS_MAX - 1);
}, 60_000);

test('text that Postgres refuses is stored without what it refuses', async () => {
  const catalogue = open();
  await catalogue.put([product('odd', 'a\u0000b \ud800', { attributes: { x: '\u0000' } })]);
  expect(await catalogue.get('\u0000')).toBeNull();
  expect(await ids(catalogue, '', { category: '\u0000' })).toEqual([]);
  expect(await catalogue.get('odd')).toMatchObject({ name: 'a\ufffdb \ufffd', attributes: { x: '\ufffd' } });
});
