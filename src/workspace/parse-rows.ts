import { z } from 'zod';
import { fromBase64 } from './base64.ts';
import { REFUSALS } from './refuse-change.ts';
import type { FileContent, FileInfo, PastFile, ReadState, StoredFile, WrittenFile } from './workspace.ts';

/** The database sends large numbers as text, and times in its own spelling. */
const time = z.coerce.date().transform((date) => date.toISOString());
const columns = z.object({
  path: z.string(),
  version: z.coerce.number(),
  size_bytes: z.coerce.number(),
  media_type: z.string(),
  updated_at: time,
});

function infoOf(row: z.infer<typeof columns>): FileInfo {
  return {
    path: row.path,
    version: row.version,
    sizeBytes: row.size_bytes,
    mediaType: row.media_type,
    updatedAt: row.updated_at,
  };
}

export const fileRow = columns.transform(infoOf);

export const pastRow = columns
  .extend({ retired_at: time })
  .transform((row): PastFile => ({ ...infoOf(row), retiredAt: row.retired_at }));

export const storedRow = columns
  .extend({ text: z.string().nullable(), base64: z.string().nullable() })
  .transform((row): StoredFile => ({ ...infoOf(row), content: contentOfRow(row) }));

function contentOfRow({ text, base64 }: { text: string | null; base64: string | null }): FileContent {
  return text === null
    ? { kind: 'bytes', bytes: fromBase64(base64 ?? '') ?? new Uint8Array() }
    : { kind: 'text', text };
}

export const stateRow = columns
  .extend({ text: z.string().nullable(), base64: z.string().nullable(), left_out: z.boolean() })
  .transform((row): ReadState => ({ ...infoOf(row), content: row.left_out ? null : contentOfRow(row) }));

export const foundRow = z.object({ path: z.string(), line: z.coerce.number(), text: z.string() });

export const writtenRow = z.union([
  z.object({ verdict: z.enum(REFUSALS) }).transform(({ verdict }) => ({ refusal: verdict })),
  columns
    .extend({ verdict: z.enum(['ok', 'same']), created: z.boolean() })
    .transform((row): WrittenFile => ({ ...infoOf(row), created: row.created })),
]);

export const moveRow = z.union([
  columns
    .extend({ found: z.boolean(), taken: z.boolean() })
    .transform((row) => ({ found: row.found, taken: row.taken, file: infoOf(row) })),
  z.object({ found: z.boolean(), taken: z.boolean(), path: z.null() }).transform((row) => ({ ...row, file: null })),
]);

export const removedRow = columns
  .extend({ removed: z.boolean() })
  .transform((row) => ({ removed: row.removed, file: infoOf(row) }));
