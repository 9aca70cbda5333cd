import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from '../../src/catalogue/parse-csv.ts';
import { parseJsonLines, parseProductsCsv } from '../../src/catalogue/parse-products.ts';

test('any records that are written as CSV are read as they were', () => {
  const field = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('"', ',', '\n', '\r\n', 'a', ' '), { maxLength: 6 }).map((parts) => parts.join('')),
  );
  const write = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const records = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(records, fc.constantFrom('\n', '\r\n'), (records, newline) => {
      const text = records.map((fields) => fields.map(write).join(',')).join(newline);
      expect(parseCsv(text).map(({ fields }) => fields)).toEqual(records);
    }),
  );
});

test('records know the line they begin on; empty lines and a byte order mark are no records', () => {
  expect(parseCsv('\ufeffa,b\n\n"two\nlines",x\r\nlast,"y"\n')).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 3, fields: ['two\nlines', 'x'] },
    { line: 5, fields: ['last', 'y'] },
  ]);
});

test.each([
  ['a field as large as a request', `a,"${'x""y'.repeat(250_000)}"`, 1],
  ['quotes that are never closed', 'a,"b,'.repeat(100_001), 1],
  ['nothing but quotes', '"'.repeat(1_000_001), 1],
])('%s is read in time', (_, text, records) => {
  const startedAt = performance.now();
  expect(parseCsv(text)).toHaveLength(records);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test('columns of a product are read as what they are, other columns are attributes', () => {
  const text = 'id,name,price,available,category,colour\n1,چای,"۱۲٬۵۰۰٫۵",موجود,Food,green\n2,Tea,,no,,\n';
  const { products, errors } = parseProductsCsv(text);
  expect(errors).toEqual([]);
  expect(products).toEqual([
    {
      id: '1',
      name: 'چای',
      description: null,
      price: 12_500.5,
      category: 'Food',
      attributes: { colour: 'green' },
      available: true,
    },
    { id: '2', name: 'Tea', description: null, price: null, category: null, attributes: {}, available: false },
  ]);
});

test('a line with a mistake is told by its number, the others are read', () => {
  const text =
    'id,name,price,available\n1,Tea,cheap,yes\n2,,1,yes\n3,Tea,1,perhaps\n4,Tea,1,yes,more\n5,Tea,1,yes\n5,Cake,2,yes';
  const { products, errors } = parseProductsCsv(text);
  expect(products.map(({ id, name }) => [id, name])).toEqual([['5', 'Tea']]);
  expect(errors.map(({ line, message }) => [line, message.split(' ')[0]])).toEqual([
    [2, 'price:'],
    [3, 'name:'],
    [4, 'available:'],
    [5, 'has'],
    [7, 'has'],
  ]);
});

test('without the columns that every product needs nothing is read', () => {
  for (const text of ['', 'name,price\nTea,1', '{"id":"1","name":"Tea"}']) {
    expect(parseProductsCsv(text)).toEqual({ products: [], errors: [{ line: 1, message: expect.any(String) }] });
  }
});

test('JSON lines', () => {
  const text =
    '{"id":"1","name":"Tea","attributes":{"grams":100,"organic":true}}\n\n{"id":"2"\n[]\n{"id":3,"name":"x"}\n';
  const { products, errors } = parseJsonLines(text);
  expect(products).toMatchObject([{ id: '1', attributes: { grams: '100', organic: 'true' }, available: true }]);
  expect(errors.map(({ line }) => line)).toEqual([3, 4, 5]);
  expect(errors[0]?.message).toBe('is not JSON');
  expect(errors[2]?.message).toMatch(/^id: /);
});
