import { sql, type SQL } from 'drizzle-orm';
import { storableText } from '../archive/storable-value.ts';
import { normaliseText } from '../text/normalise-text.ts';
import type { NewDocument } from './knowledge.ts';
import { knowledgeChunks, knowledgeDocuments } from './tables.ts';

/** Chunks in one statement. */
const BATCH = 100;
/** Seven digits are all that pgvector keeps. */
const DIGITS = 7;

export interface Statements {
  first: SQL;
  rest: SQL[];
}

/**
 * The statements of one transaction. The first locks the document's row, so that two who write it at once take turns and the later one
 * replaces all chunks of the earlier.
 */
export function putStatements(owner: string, document: NewDocument): Statements {
  const { id, library, source, title, mediaType, text, fingerprint, chunks } = document;
  const place = sql`owner = ${owner} and library = ${library} and source = ${source}`;
  const upsert = sql`insert into ${knowledgeDocuments}
      (id, owner, library, source, title, media_type, text, fingerprint, chunks, updated_at)
    values (${id}, ${owner}, ${library}, ${source}, ${title}, ${mediaType}, ${text}, ${fingerprint}, ${chunks.length}::int, clock_timestamp())
    on conflict (owner, library, source) do update set title = excluded.title, media_type = excluded.media_type,
      text = excluded.text, fingerprint = excluded.fingerprint, chunks = excluded.chunks, updated_at = excluded.updated_at
    returning id`;
  const clear = sql`delete from ${knowledgeChunks}
    where document_id = (select id from ${knowledgeDocuments} where ${place})`;
  return { first: upsert, rest: [clear, ...batchesOf(chunks).map((batch) => insertChunks(place, document, batch))] };
}

type Numbered = NewDocument['chunks'][number] & { position: number };

function batchesOf(chunks: NewDocument['chunks']): Numbered[][] {
  const numbered = chunks.map((chunk, position) => ({ ...chunk, position }));
  const count = Math.ceil(numbered.length / BATCH);
  return Array.from({ length: count }, (_, index) => numbered.slice(index * BATCH, (index + 1) * BATCH));
}

function insertChunks(place: SQL, { title, embedderId }: NewDocument, batch: Numbered[]): SQL {
  const rows = batch.map(({ start, end, position, headings, text, vector }) => ({
    position,
    starts_at: start,
    ends_at: end,
    headings: headings.map(storableText),
    text: storableText(text),
    heading_words: normaliseText(headings.join(' ')),
    text_words: normaliseText(text),
    embedding: vector && `[${vector.map((number) => Number(number.toPrecision(DIGITS))).join(',')}]`,
  }));
  // Where no vectors are made the column is not named: a database without pgvector has none.
  const embedding =
    embedderId === null ? { name: sql``, value: sql`` } : { name: sql`, embedding`, value: sql`, embedding::vector` };
  return sql`insert into ${knowledgeChunks}
      (document_id, position, owner, library, starts_at, ends_at, headings, text, words, embedder${embedding.name})
    select place.id, position, place.owner, place.library, starts_at, ends_at, headings, sent.text,
      setweight(${indexed(sql`heading_words`)}, 'A') || setweight(${indexed(sql`text_words`)}, 'B') ||
        setweight(${indexed(sql`${normaliseText(title)}::text`)}, 'C'),
      ${embedderId}::text${embedding.value}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent(position int, starts_at int, ends_at int, headings jsonb,
      text text, heading_words text, text_words text, embedding text)
    cross join (select id, owner, library from ${knowledgeDocuments} where ${place}) place`;
}

/** Every word as it stands, for all languages, and beside it the stem that it has in English. */
function indexed(text: SQL): SQL {
  return sql`(to_tsvector('simple', ${text}) || to_tsvector('english', ${text}))`;
}
