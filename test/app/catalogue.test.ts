import { afterAll, beforeAll, expect, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

function visitor() {
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  const api = client(worker.url, { cookie });
  const take = (body: string, type: string) =>
    fetch(`${worker.url}/catalogue/products`, { method: 'POST', body, headers: { cookie, 'content-type': type } });
  return { ...api, take, json: async (path: string) => (await api.get(path)).json() };
}

const CSV = 'id,name,price,category,colour\n1,Green tea,7.50,Food,green\n2,Keyboard,89,Computers,black\n3,,5,Food,\n';

test('CSV and JSON lines are taken in, and their mistakes told by line', async () => {
  const api = visitor();
  const answer = await api.take(CSV, 'text/csv; charset=utf-8');
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { imported: 2, failed: 1, errors: [{ line: 4, message: expect.stringContaining('name') }] },
  ]);
  const lines = '{"id":"4","name":"کتاب‌خانه","price":120}\nnonsense\n';
  expect(await (await api.take(lines, 'application/x-ndjson')).json()).toEqual({
    imported: 1,
    failed: 1,
    errors: [{ line: 2, message: 'is not JSON' }],
  });
  expect(await api.json('/catalogue/products/1')).toEqual({
    id: '1',
    name: 'Green tea',
    description: null,
    price: 7.5,
    category: 'Food',
    attributes: { colour: 'green' },
    available: true,
    updated_at: expect.stringMatching(/Z$/),
  });
  expect(await api.json('/catalogue/categories')).toEqual({
    categories: [
      { name: 'Computers', products: 1 },
      { name: 'Food', products: 1 },
    ],
  });
  expect(await api.json(`/catalogue/search?q=${encodeURIComponent('كتاب خانه')}`)).toMatchObject({
    products: [{ id: '4' }],
  });
  expect(await api.json('/catalogue/search?q=keybaord')).toMatchObject({ products: [{ id: '2' }], total: 1 });
  expect(await api.json('/catalogue/search?category=Food&max_price=8&available=true')).toMatchObject({ total: 1 });
  const first = await api.json('/catalogue/search?sort=price_asc&limit=2');
  expect(first.products.map(({ id }: { id: string }) => id)).toEqual(['1', '2']);
  expect(await api.json(`/catalogue/search?sort=price_asc&limit=2&cursor=${first.cursor}`)).toMatchObject({
    products: [{ id: '4' }],
    cursor: null,
  });
});

test('products of somebody else are not there', async () => {
  await visitor().take(CSV, 'text/csv');
  const stranger = visitor();
  expect((await stranger.get('/catalogue/products/1')).status).toBe(404);
  expect(await stranger.json('/catalogue/search')).toEqual({ products: [], total: 0, cursor: null });
});

test.each([
  ['GET', '/catalogue/products/none', undefined, 404, 'product_not_found'],
  ['GET', '/catalogue/products/%00', undefined, 404, 'product_not_found'],
  ['GET', '/catalogue/search?sort=random', undefined, 422, 'validation_error'],
  ['GET', '/catalogue/search?min_price=cheap', undefined, 422, 'validation_error'],
  ['GET', '/catalogue/search?limit=101', undefined, 422, 'validation_error'],
  ['GET', '/catalogue/search?cursor=99999', undefined, 422, 'validation_error'],
  ['POST', '/catalogue/products', { id: '1', name: 'Tea' }, 415, 'unsupported_media_type'],
])('%s %s is refused: %d %s', async (method, path, body, status, code) => {
  const response = await visitor().send(method, path, body);
  expect({ status: response.status, ...(await response.json()) }).toMatchObject({ status, error: { code } });
});

test('a chat turn searches the catalogue with tools', async () => {
  const api = visitor();
  await api.take(CSV, 'text/csv');
  const id = await api.newSession();
  const call = async (name: string, input: object) =>
    JSON.stringify(await (await api.say(id, `use the tool ${name} with ${JSON.stringify(input)}`)).json());
  expect(await call('search_products', { query: 'gren tea' })).toContain('Green tea');
  expect(await call('get_product', { id: '2' })).toContain('Keyboard');
  expect(await call('list_categories', {})).toContain('Computers');
  expect(await call('get_product', { id: 'none' })).toContain('There is no product');
});
