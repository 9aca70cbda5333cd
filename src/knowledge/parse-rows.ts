import { z } from 'zod';
import { SHARED_OWNER, type DocumentInfo, type Library, type Passage, type Stored } from './knowledge.ts';

/** The database sends large numbers as text, and times in its own spelling. */
const count = z.coerce.number();
const time = z.coerce.date().transform((date) => date.toISOString());

export const storedRow = z.object({
  id: z.string(),
  library: z.string(),
  source: z.string(),
  fingerprint: z.string(),
  chunks: count,
}) satisfies z.ZodType<Stored>;

export const countRow = z.object({ count });
export const idRow = z.object({ id: z.string() });

export const libraryRow = z
  .object({ name: z.string(), documents: count, chunks: count, owner: z.string(), updated_at: time })
  .transform(({ owner, updated_at, ...rest }): Library => ({
    ...rest,
    shared: owner === SHARED_OWNER,
    updatedAt: updated_at,
  }));

const documentColumns = z.object({
  id: z.string(),
  library: z.string(),
  source: z.string(),
  title: z.string(),
  media_type: z.string(),
  characters: count,
  chunks: count,
  owner: z.string(),
  updated_at: time,
});

function infoOf({ owner, updated_at, media_type, ...rest }: z.infer<typeof documentColumns>): DocumentInfo {
  return { ...rest, mediaType: media_type, shared: owner === SHARED_OWNER, updatedAt: updated_at };
}

export const documentRow = documentColumns.transform(infoOf);
export const wholeDocumentRow = documentColumns
  .extend({ text: z.string() })
  .transform(({ text, ...row }) => ({ ...infoOf(row), text }));

export const passageRow = z
  .object({
    document_id: z.string(),
    library: z.string(),
    source: z.string(),
    title: z.string(),
    media_type: z.string(),
    starts_at: count,
    ends_at: count,
    headings: z.array(z.string()),
    text: z.string(),
  })
  .transform(({ document_id, media_type, starts_at, ends_at, ...rest }): Passage => {
    return { ...rest, documentId: document_id, mediaType: media_type, start: starts_at, end: ends_at };
  });
