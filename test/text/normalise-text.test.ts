import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseText, plainDigits } from '../../src/text/normalise-text.ts';
import { trigramsOf, wordsOf } from '../../src/catalogue/searchable.ts';

test.each([
  ['كتاب', 'کتاب'],
  ['علي', 'علی'],
  ['کتاب\u200cخانه', 'کتاب خانه'],
  ['۱۲٣ عدد', '123 عدد'],
  ['آرد', 'ارد'],
  ['مُحَمَّد', 'محمد'],
  ['خانۀ ما', 'خانه ما'],
  ['سـلام', 'سلام'],
  ['ﻼﻣ', 'لام'],
  ['Café  CRÈME', 'cafe creme'],
  ['USB-C (3 m)', 'usb c 3 m'],
  ['...', ''],
])('%j is compared as %j', (text, normal) => {
  expect(normaliseText(text)).toBe(normal);
});

test('a normalised text is its own normal form, whatever it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const normal = normaliseText(text);
      expect(normaliseText(normal)).toBe(normal);
      expect(normal).not.toMatch(/^ | $| {2}|\p{Cc}/u);
    }),
  );
});

test('digits of all three kinds are the same', () => {
  expect(plainDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹')).toBe('0123456789 0123456789');
});

test('a query is its different words, as many as count', () => {
  expect(wordsOf(' Tea, tea & كيك ')).toEqual(['tea', 'کیک']);
  expect(wordsOf(' -- ')).toEqual([]);
  expect(wordsOf('a b c d e f g h i j')).toHaveLength(8);
});

test('trigrams know where a word begins and ends', () => {
  expect(trigramsOf('tea')).toEqual(['  t', ' te', 'tea', 'ea ']);
  expect(trigramsOf('')).toEqual([]);
});
