const FRAGMENT_MAX_CHARACTERS = 4096;

/**
 * Text in pieces that seed 004's clients take for text: its Python client parses a string that begins with `{` and ends with `}` as JSON
 * of its own. No piece ends inside a surrogate pair.
 */
export function cutFragments(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    let to = Math.min(from + FRAGMENT_MAX_CHARACTERS, text.length);
    while (to - from > 1 && (looksLikeObject(text, from, to) || splitsPair(text, to))) to -= 1;
    pieces.push(text.slice(from, to));
    from = to;
  }
  return pieces;
}

function looksLikeObject(text: string, from: number, to: number): boolean {
  return text[from] === '{' && text[to - 1] === '}';
}

function splitsPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff;
}
