import { normaliseText } from '../../src/text/normalise-text.ts';

export const DIMENSIONS = 256;

/**
 * A vector of length one that is the same for the same text: words, and the letter triples in them, each at a place that its hash chooses.
 * It knows spelling and not meaning: forms of one word lie near each other, synonyms do not.
 */
export function hashEmbedding(text: string, dimensions = DIMENSIONS): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const word of normaliseText(text).split(' ').filter(Boolean)) {
    const padded = ` ${word} `;
    add(vector, word, 1);
    for (let at = 0; at + 3 <= padded.length; at += 1)
      add(vector, padded.slice(at, at + 3), 1 / Math.sqrt(padded.length));
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

function add(vector: number[], feature: string, weight: number): void {
  const hash = fnv1a(feature);
  const place = hash % vector.length;
  // The sign makes features that share a place cancel out as often as they add up.
  vector[place] = (vector[place] ?? 0) + (hash & 0x40000000 ? weight : -weight);
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
