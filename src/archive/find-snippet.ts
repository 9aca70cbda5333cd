import { normaliseText } from '../text/normalise-text.ts';

export interface Snippet {
  text: string;
  /** Where in `text` the words stand: from, to (exclusive), in UTF-16 units. */
  highlights: [from: number, to: number][];
}

const BEFORE = 60;
const LENGTH = 240;
const WORD = /[\p{L}\p{N}\p{M}\u0640]+/gu;

/** The part of a text around the first of the words that were looked for; of the last word its beginning counts. */
export function findSnippet(text: string, words: readonly string[]): Snippet {
  const beginning = words.at(-1) ?? '';
  const places = [...text.matchAll(WORD)].flatMap((match): [number, number][] => {
    const forms = normaliseText(match[0]).split(' ');
    const found = forms.some((form) => words.includes(form) || (beginning !== '' && form.startsWith(beginning)));
    return found ? [[match.index, match.index + match[0].length]] : [];
  });
  const from = wordStart(text, Math.max(0, (places[0]?.[0] ?? 0) - BEFORE));
  const to = wordStart(text, Math.min(text.length, from + LENGTH));
  const end = to > from ? to : Math.min(text.length, from + LENGTH);
  return {
    text: text.slice(from, end).toWellFormed(),
    highlights: places
      .filter(([start, stop]) => start >= from && stop <= end)
      .map(([start, stop]) => [start - from, stop - from]),
  };
}

/** The nearest place at or before `index` where a word begins; `index` itself in a word without an end. */
function wordStart(text: string, index: number): number {
  if (index === 0 || index >= text.length) return index;
  const gap = Math.max(text.lastIndexOf(' ', index), text.lastIndexOf('\n', index));
  return index - gap <= BEFORE ? gap + 1 : index;
}
