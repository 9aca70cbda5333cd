import { WORDS_MAX } from './catalogue-limits.ts';
import { normaliseText } from '../text/normalise-text.ts';
import type { ProductFields } from './product-fields.ts';

/** What a search compares of a product. */
export function searchable(product: ProductFields) {
  const nameText = normaliseText(`${product.name} ${product.category ?? ''}`);
  const rest = [product.id, product.description ?? '', ...Object.values(product.attributes)].map(normaliseText);
  return { nameText, allText: [nameText, ...rest].join(' '), trigrams: trigramsOf(nameText) };
}

export function wordsOf(query: string): string[] {
  return [...new Set(normaliseText(query).split(' '))].filter(Boolean).slice(0, WORDS_MAX);
}

/** Every three letters of every word in a row, as if two spaces stood before it and one behind. */
export function trigramsOf(text: string): string[] {
  const found = text.split(' ').flatMap((word) => {
    const letters = word === '' ? [] : [' ', ' ', ...Array.from(word), ' '];
    return letters.slice(2).map((_, index) => letters.slice(index, index + 3).join(''));
  });
  return [...new Set(found)];
}
