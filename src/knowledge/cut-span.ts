import type { Block } from './block.ts';
import { CHUNK_MAX_CHARACTERS, OVERLAP_MAX_CHARACTERS } from './knowledge-limits.ts';

export interface Span {
  start: number;
  end: number;
}

/** Where a block is cut best, best first: each finds the last place that something may begin at. */
const CUTS: Record<Block['kind'], RegExp[]> = {
  heading: [/\s/g],
  paragraph: [/[.!?؟。…][)"'»”]*\s+/g, /[;:؛،,]\s+/g, /\s+/g],
  list: [/\n(?=[ \t]{0,3}(?:[-*+]|\p{Nd}{1,9}[.)])\s)/gu, /\n/g, /\s+/g],
  code: [/\n\n/g, /\n/g, /\s+/g],
  table: [/\n/g, /\s+/g],
};

/** The parts of a block that is longer than a chunk may be. Only those of a paragraph overlap. */
export function cutSpan(text: string, { kind, start, end }: Block): Span[] {
  const spans: Span[] = [];
  let from = start;
  while (end - from > CHUNK_MAX_CHARACTERS) {
    const cut = cutWithin(text, kind, from + CHUNK_MAX_CHARACTERS / 2, from + CHUNK_MAX_CHARACTERS);
    spans.push({ start: from, end: cut });
    from = kind === 'paragraph' ? overlapStart(text, cut) : cut;
  }
  return [...spans, { start: from, end }];
}

function cutWithin(text: string, kind: Block['kind'], least: number, most: number): number {
  const window = text.slice(least, most);
  for (const cut of CUTS[kind]) {
    const last = [...window.matchAll(cut)].at(-1);
    if (last) return least + last.index + last[0].length;
  }
  return beforePair(text, most);
}

/** The first word that begins in the last characters before the cut. */
function overlapStart(text: string, cut: number): number {
  const from = cut - OVERLAP_MAX_CHARACTERS;
  const word = /\s+(?=\S)/.exec(text.slice(from, cut));
  return word ? from + word.index + word[0].length : beforePair(text, from);
}

/** The same place, unless a character of two units would be torn there. */
function beforePair(text: string, at: number): number {
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at;
}
