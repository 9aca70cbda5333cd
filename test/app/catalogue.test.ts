import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { client } from './client.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

const ADMIN_TOKEN = 'an-admin-token-for-tests';

let worker: WorkerUnderTest;
beforeAll(async () => {
  worker = await startWorker({ ADMIN_TOKEN });
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
    shared: false,
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

test('a client that accepts JSON lines is told how far a long import is', async () => {
  const { send, json } = visitor();
  const lines = Array.from(
    { length: 3000 },
    (_, n) => `${n},"Tea,\n${n}",${n === 2500 ? 'dear' : n},${'x'.repeat(400)}`,
  );
  const body = `id,name,price,description\n${lines.join('\n')}\n`;
  expect(body.length).toBeGreaterThan(1024 * 1024);
  const answer = await send('POST', '/catalogue/products', body, {
    'content-type': 'text/csv',
    accept: 'application/x-ndjson',
  });
  const told = (await answer.text())
    .trim()
    .split('\n')
    .map((line): { type: string } => JSON.parse(line));
  expect(told.filter(({ type }) => type === 'progress').length).toBeGreaterThan(5);
  expect(told.filter(({ type }) => type === 'error')).toMatchObject([{ line: 5002 }]);
  expect(told.at(-1)).toEqual({ type: 'done', imported: 2999, failed: 1 });
  expect(await json('/catalogue/products/2999')).toMatchObject({ name: 'Tea,\n2999' });
});

test('what the operator shares is found by all, an own product stands in for one of the same id', async () => {
  const admin = { 'content-type': 'text/csv', 'x-admin-token': ADMIN_TOKEN };
  const [api, other] = [visitor(), visitor()];
  const id = crypto.randomUUID();
  const body = `id,name,category\n${id},Shared samovar,${id}\n`;
  expect((await api.send('POST', '/catalogue/products?shared', body, { 'content-type': 'text/csv' })).status).toBe(401);
  expect((await api.send('POST', '/catalogue/products?shared', body, admin)).status).toBe(200);
  onTestFinished(async () => void (await api.send('DELETE', `/catalogue/products/${id}?shared`, undefined, admin)));
  await api.take(`id,name,category\n${id},Own samovar,${id}\n`, 'text/csv');
  expect(await api.json(`/catalogue/products/${id}`)).toMatchObject({ name: 'Own samovar', shared: false });
  expect(await other.json(`/catalogue/products/${id}`)).toMatchObject({ name: 'Shared samovar', shared: true });
  for (const caller of [api, other]) {
    expect(await caller.json(`/catalogue/search?category=${id}`)).toMatchObject({ total: 1 });
  }
  expect((await other.send('DELETE', `/catalogue/products/${id}`)).status).toBe(404);
  expect((await api.send('DELETE', `/catalogue/products/${id}`)).status).toBe(204);
  expect(await api.json(`/catalogue/products/${id}`)).toMatchObject({ name: 'Shared samovar' });
});
