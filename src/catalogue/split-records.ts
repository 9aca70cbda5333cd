/** Text that is handed on at once: a few hundred products. */
const PIECE_CHARACTERS = 64 * 1024;
/** A record is much shorter: what goes on for so long without an end is cut at a line. */
const RECORD_MAX_CHARACTERS = 1024 * 1024;

/**
 * The text of a stream in pieces that end where a record ends: at a line's end that is not inside quotes, when records may hold quoted line
 * breaks. Holds no more than the piece that it reads.
 */
export async function* splitRecords(chunks: AsyncIterable<Uint8Array>, quoted: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of chunks) {
    held += decoder.decode(chunk, { stream: true });
    while (held.length >= PIECE_CHARACTERS) {
      const end = quoted ? endOutsideQuotes(held) : held.lastIndexOf('\n') + 1;
      const cut = end > 0 || held.length < RECORD_MAX_CHARACTERS ? end : held.lastIndexOf('\n') + 1 || held.length;
      if (cut === 0) break;
      yield held.slice(0, cut);
      held = held.slice(cut);
    }
  }
  held += decoder.decode();
  if (held !== '') yield held;
}

/** Behind the last line break that an even number of quotes stands before; 0 when there is none. */
function endOutsideQuotes(text: string): number {
  let end = 0;
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') inside = !inside;
    else if (text[at] === '\n' && !inside) end = at + 1;
  }
  return end;
}
