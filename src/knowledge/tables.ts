import {
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
/** Of pgvector, without dimensions: which they are depends on the embedding model. */
const vector = customType<{ data: string }>({ dataType: () => 'vector' });

/** A library is the name that its documents share. `text` is what was read of the document: chunks are stretches of it. */
export const knowledgeDocuments = pgTable(
  'knowledge_documents',
  {
    id: text('id').primaryKey(),
    owner: text('owner').notNull(),
    library: text('library').notNull(),
    source: text('source').notNull(),
    title: text('title').notNull(),
    mediaType: text('media_type').notNull(),
    text: text('text').notNull(),
    fingerprint: text('fingerprint').notNull(),
    chunks: integer('chunks').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [uniqueIndex('knowledge_documents_place').on(table.owner, table.library, table.source)],
);

/** Owner and library stand here again so that a search reads one table until it knows what it found. */
export const knowledgeChunks = pgTable(
  'knowledge_chunks',
  {
    documentId: text('document_id')
      .notNull()
      .references(() => knowledgeDocuments.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    owner: text('owner').notNull(),
    library: text('library').notNull(),
    startsAt: integer('starts_at').notNull(),
    endsAt: integer('ends_at').notNull(),
    headings: jsonb('headings').$type<string[]>().notNull(),
    text: text('text').notNull(),
    words: tsvector('words').notNull(),
    /** Which model made the vector: those of two models cannot be compared. */
    embedder: text('embedder'),
    embedding: vector('embedding'),
  },
  (table) => [
    primaryKey({ columns: [table.documentId, table.position] }),
    index('knowledge_chunks_owner').on(table.owner, table.library),
    index('knowledge_chunks_words').using('gin', table.words),
  ],
);
