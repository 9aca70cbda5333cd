import type { Block, Heading, ReadDocument } from './block.ts';
import { cutSpan, type Span } from './cut-span.ts';
import { CHUNK_MAX_CHARACTERS, CHUNK_TARGET_CHARACTERS } from './knowledge-limits.ts';

export interface Chunk extends Span {
  /** `text.slice(start, end)` of the document's text. */
  text: string;
  /** The headings above it, outermost first; its own heading is the last. */
  headings: string[];
}

type OpenChunk = Span & { hasBody: boolean };

/**
 * Chunks in order that hold all of the text that is not blank. One begins at every heading and otherwise when it would become too long;
 * lists, code and tables stay whole when they fit into one. They overlap only where a long paragraph was cut.
 */
export function splitDocument({ text, blocks }: Pick<ReadDocument, 'text' | 'blocks'>): Chunk[] {
  const chunks: Chunk[] = [];
  const now: { path: Heading[]; open: OpenChunk | null } = { path: [], open: null };
  const flush = (): void => {
    const { path, open } = now;
    if (open) {
      const { start, end } = open;
      chunks.push({ start, end, text: text.slice(start, end), headings: headingsOf(path) });
    }
    now.open = null;
  };
  const add = ({ start, end }: Span, isHeading: boolean): void => {
    const most = now.open?.hasBody ? CHUNK_TARGET_CHARACTERS : CHUNK_MAX_CHARACTERS;
    if (now.open && end - now.open.start > most) flush();
    now.open = { start: now.open?.start ?? start, end, hasBody: !isHeading };
  };

  for (const block of blocks) {
    const { heading } = block;
    // A section begins: what is open belongs to the one before, unless that is nothing but headings.
    if (heading && now.open?.hasBody) flush();
    if (heading) now.path = [...now.path.filter(({ level }) => level < heading.level), heading];
    for (const span of cutSpan(text, block)) {
      add(span, heading !== undefined);
      if (isCut(block, span)) flush();
    }
  }
  flush();
  return chunks;
}

/** Whether a part of the same block follows. */
function isCut(block: Block, span: Span): boolean {
  return span.end < block.end;
}

function headingsOf(path: Heading[]): string[] {
  return path.map(({ text }) => text).filter(Boolean);
}
