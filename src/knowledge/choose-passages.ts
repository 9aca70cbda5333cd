import type { Passage } from './knowledge.ts';
import type { Scored } from './merge-ranks.ts';

/**
 * The best passages that fit, best first. A text that is there twice is shown once, and passages of one document that overlap become one,
 * in the place of the better.
 */
export function choosePassages(
  ranked: readonly Scored<Passage>[],
  { limit, maxCharacters }: { limit: number; maxCharacters: number },
): Scored<Passage>[] {
  const chosen: Scored<Passage>[] = [];
  const seen = new Set<string>();
  let left = maxCharacters;
  for (const passage of ranked) {
    if (seen.has(passage.text)) continue;
    const at = chosen.findIndex((other) => overlap(other, passage));
    const other = chosen[at];
    const next = other ? join(other, passage) : passage;
    const more = next.text.length - (other?.text.length ?? 0);
    // Only the very first may be cut: half a passage is worth more than none.
    if (more > left && chosen.length > 0) continue;
    if (other) chosen[at] = next;
    else if (chosen.length < limit) chosen.push(more > left ? cut(next, left) : next);
    else continue;
    seen.add(passage.text);
    left -= Math.min(more, left);
  }
  return chosen;
}

function overlap(one: Passage, other: Passage): boolean {
  return one.documentId === other.documentId && one.start < other.end && other.start < one.end;
}

function join(better: Scored<Passage>, worse: Passage): Scored<Passage> {
  const [first, second] = better.start <= worse.start ? [better, worse] : [worse, better];
  if (second.end <= first.end) return { ...better, start: first.start, end: first.end, text: first.text };
  const text = first.text + second.text.slice(first.end - second.start);
  return { ...better, start: first.start, end: second.end, text };
}

function cut(passage: Scored<Passage>, characters: number): Scored<Passage> {
  const text = passage.text.slice(0, characters).replace(/[\ud800-\udbff]$/, '');
  return { ...passage, text, end: passage.start + text.length };
}
