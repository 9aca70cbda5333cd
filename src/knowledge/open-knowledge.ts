import type { DocumentFields } from './document-fields.ts';
import type { Embedder } from './embedder.ts';
import { ingestDocuments, type Ingested, type NotIngested } from './ingest-documents.ts';
import type { KnowledgeStore } from './knowledge.ts';
import { searchKnowledge, type KnowledgeAnswer, type KnowledgeQuery } from './search-knowledge.ts';

/** What one owner can do: read also what is shared, change only the own. */
export interface Knowledge extends Pick<KnowledgeStore, 'libraries' | 'documents' | 'document' | 'remove'> {
  ingest(documents: readonly DocumentFields[]): Promise<(Ingested | NotIngested)[]>;
  search(query: KnowledgeQuery): Promise<KnowledgeAnswer>;
}

export interface KnowledgeServices {
  store: KnowledgeStore;
  embedder: Embedder | null;
  newId(): string;
  /** Told of an embedding model that a search went on without. */
  onFailure(error: unknown): void;
}

export function openKnowledge(services: KnowledgeServices): Knowledge {
  const { store } = services;
  return {
    ...store,
    ingest: (documents) => ingestDocuments(documents, services),
    search: (query) => searchKnowledge(query, services),
  };
}
