import { storableText } from '../archive/storable-value.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { DocumentFields } from './document-fields.ts';
import type { Embedder } from './embedder.ts';
import { fingerprintDocument } from './fingerprint-document.ts';
import { CHUNKS_MAX } from './knowledge-limits.ts';
import type { KnowledgeStore, Stored } from './knowledge.ts';
import { mediaTypeOf, readDocument } from './read-document.ts';
import { splitDocument } from './split-document.ts';

export interface Ingested {
  library: string;
  source: string;
  outcome: 'added' | 'unchanged' | 'replaced';
  id: string;
  chunks: number;
}

export interface NotIngested {
  library: string;
  source: string;
  outcome: 'error';
  error: { code: ErrorCode; message: string };
}

export interface IngestServices {
  store: KnowledgeStore;
  /** Null when no embedding model is configured. */
  embedder: Embedder | null;
  newId(): string;
}

/** As long as a model may take for all chunks of one document. */
const EMBED_TIMEOUT_MS = 60_000;

/**
 * Stores documents one after the other, each whole or not at all; one that is there already costs nothing. What one document is refused
 * for is its outcome and keeps none of the others back; only a database that is away ends the whole, with AppError `archive_unavailable`.
 */
export async function ingestDocuments(
  documents: readonly DocumentFields[],
  services: IngestServices,
): Promise<(Ingested | NotIngested)[]> {
  const { stored, chunks } = await services.store.look(documents);
  const known = new Map(stored.map((document) => [keyOf(document), document]));
  let total = chunks;
  const outcomes: (Ingested | NotIngested)[] = [];
  for (const document of documents) {
    const { library, source } = document;
    const before = known.get(keyOf(document));
    try {
      const others = total - (before?.chunks ?? 0);
      const { fingerprint, ...ingested } = await ingest(document, before, others, services);
      known.set(keyOf(document), { ...ingested, fingerprint });
      total = others + ingested.chunks;
      outcomes.push(ingested);
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'archive_unavailable') throw error;
      outcomes.push({ library, source, outcome: 'error', error: { code: error.code, message: error.message } });
    }
  }
  return outcomes;
}

async function ingest(
  fields: DocumentFields,
  before: Stored | undefined,
  otherChunks: number,
  { store, embedder, newId }: IngestServices,
): Promise<Ingested & { fingerprint: string }> {
  const { library, source } = fields;
  const mediaType = mediaTypeOf(source, fields.media_type);
  const read = readDocument(mediaType, storableText(fields.text));
  const title = storableText(fields.title ?? read.title?.slice(0, 300) ?? source);
  const embedderId = embedder?.id ?? null;
  const fingerprint = await fingerprintDocument({ title, mediaType, text: read.text }, embedderId);
  if (before?.fingerprint === fingerprint) {
    return { library, source, outcome: 'unchanged', id: before.id, chunks: before.chunks, fingerprint };
  }

  const chunks = splitDocument(read);
  if (chunks.length === 0) throw new AppError('validation_error', 'text: holds nothing to read.');
  if (otherChunks + chunks.length > CHUNKS_MAX) {
    throw new AppError(
      'knowledge_full',
      `All documents together may have ${CHUNKS_MAX} chunks; this one has ${chunks.length}.`,
    );
  }
  const texts = chunks.map(({ headings, text }) => [title, ...headings, text].join('\n'));
  const vectors = (await embedder?.embed(texts, { timeoutMs: EMBED_TIMEOUT_MS })) ?? [];
  const id = await store.put({
    id: before?.id ?? newId(),
    library,
    source,
    title,
    mediaType,
    text: read.text,
    fingerprint,
    embedderId,
    chunks: chunks.map((chunk, index) => ({ ...chunk, vector: vectors[index] ?? null })),
  });
  return { library, source, outcome: before ? 'replaced' : 'added', id, chunks: chunks.length, fingerprint };
}

function keyOf({ library, source }: { library: string; source: string }): string {
  return JSON.stringify([library, source]);
}
