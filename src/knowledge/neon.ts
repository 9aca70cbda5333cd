import { sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { storableText } from '../archive/storable-value.ts';
import { AppError } from '../errors.ts';
import type { KnowledgeStore } from './knowledge.ts';
import { byMeaning, byWords, readable } from './neon-search.ts';
import { putStatements } from './neon-write.ts';
import { countRow, documentRow, idRow, libraryRow, passageRow, storedRow, wholeDocumentRow } from './parse-rows.ts';
import { questionWords } from './question-words.ts';
import { knowledgeChunks, knowledgeDocuments } from './tables.ts';

const INFO = sql.raw(
  'id, library, source, title, media_type, char_length(text) as characters, chunks, owner, updated_at',
);
/** That a column, a type or an operator does not exist. */
const MISSING = new Set(['42703', '42704', '42883']);

/** The documents of `owner` in Postgres. Rejects with AppError `archive_unavailable`, or `configuration_error` without pgvector. */
export function neonKnowledge(database: Database, owner: string): KnowledgeStore {
  async function query<T>(row: z.ZodType<T>, statement: SQL): Promise<T[]> {
    const { rows } = await orRefused(database.execute(statement));
    return rows.map((item) => row.parse(item));
  }

  return {
    async look(documents) {
      const places = documents.map(({ library, source }) => ({ library, source: storableText(source) }));
      const [stored, counted] = await Promise.all([
        query(
          storedRow,
          sql`select id, library, source, fingerprint, chunks from ${knowledgeDocuments}
            join jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as sent(library text, source text) using (library, source)
            where owner = ${owner}`,
        ),
        query(countRow, sql`select count(*) from ${knowledgeChunks} where owner = ${owner}`),
      ]);
      return { stored, chunks: counted[0]?.count ?? 0 };
    },

    async put(document) {
      const { first, rest } = putStatements(owner, document);
      const [written] = await orRefused(
        database.batch([database.execute(first), ...rest.map((statement) => database.execute(statement))]),
      );
      return idRow.parse(written.rows[0]).id;
    },

    libraries: () =>
      query(
        libraryRow,
        sql`select library as name, owner, count(*) as documents, sum(chunks) as chunks, max(updated_at) as updated_at
          from ${knowledgeDocuments} where ${readable(owner)}
          group by library, owner order by library, owner <> ${owner}`,
      ),

    documents: ({ library, limit, offset }) =>
      query(
        documentRow,
        sql`select ${INFO} from ${knowledgeDocuments}
          where ${readable(owner)} and (${library}::text is null or library = ${library}::text)
          order by library, source, id limit ${limit} offset ${offset}`,
      ),

    async document(id) {
      const [found] = await query(
        wholeDocumentRow,
        sql`select ${INFO}, text from ${knowledgeDocuments} where ${readable(owner)} and id = ${storableText(id)}`,
      );
      return found ?? null;
    },

    async remove(id) {
      const removed = await query(
        idRow,
        sql`delete from ${knowledgeDocuments} where owner = ${owner} and id = ${storableText(id)} returning id`,
      );
      return removed.length > 0;
    },

    async byWords(question, scope) {
      const words = questionWords(question);
      return words.words.length === 0 ? [] : query(passageRow, byWords(owner, words, scope));
    },

    byMeaning: (vector, embedderId, scope) => query(passageRow, byMeaning(owner, vector, embedderId, scope)),
  };
}

async function orRefused<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await orArchiveUnavailable(work);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const message =
      'EMBEDDING_MODEL needs pgvector, which this database lacks: `create extension vector; alter table knowledge_chunks add column embedding vector`.';
    throw new AppError('configuration_error', message, { cause: error });
  }
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof AppError) || typeof error.cause !== 'object' || error.cause === null) return false;
  return 'code' in error.cause && typeof error.cause.code === 'string' && MISSING.has(error.cause.code);
}
