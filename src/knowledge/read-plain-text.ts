import type { Block, ReadDocument } from './block.ts';
import { linesOf } from './lines-of.ts';

/** Paragraphs are what empty lines separate. */
export function readPlainText(text: string): ReadDocument {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const line of linesOf(text)) {
    if (line.text.trim() === '') {
      open = null;
    } else if (open) {
      open.end = line.end;
    } else {
      open = { kind: 'paragraph', start: line.start, end: line.end };
      blocks.push(open);
    }
  }
  return { title: null, text, blocks };
}
