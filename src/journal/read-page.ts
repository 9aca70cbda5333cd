import type { UIMessageChunk } from 'ai';
import { z } from 'zod';
import { MESSAGE_STATUSES } from '../memory/stored-message.ts';
import type { JournalChunk, JournalPage } from './turn-journal.ts';

/** Entries a read takes at most; a flush writes one. */
export const PAGE = 500;

/** Stream entries as Redis answers them: `[id, [field, value, …]]`. */
const entriesReply = z.array(z.tuple([z.string(), z.array(z.string())]));

/** The chunks are our own writing of the AI SDK's type; only their frame is checked. */
const chunksSchema = z.array(
  z.custom<UIMessageChunk>((value) => z.looseObject({ type: z.string() }).safeParse(value).success),
);
const statusSchema = z.enum(MESSAGE_STATUSES);

/** Reads the entries that the append and end scripts wrote. Null when there are none and none were read before. */
export function readPage(reply: unknown, cursor: string | null): JournalPage | null {
  const entries = entriesReply.parse(reply);
  const last = entries.at(-1)?.[0] ?? cursor;
  if (last === null) return null;
  const page: JournalPage = { chunks: [], ended: null, waiting: false, cursor: last, more: entries.length === PAGE };
  for (const [, [name, value = '', , chunks = '[]']] of entries) {
    if (name === 'end') page.ended = statusSchema.parse(value);
    else if (name !== 'wait') page.chunks.push(...numbered(Number(value), chunks));
    page.waiting = name === 'wait';
  }
  return page;
}

function numbered(first: number, text: string): JournalChunk[] {
  return chunksSchema.parse(JSON.parse(text)).map((chunk, index) => ({ seq: first + index, chunk }));
}
