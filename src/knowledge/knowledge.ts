import type { DocumentFields } from './document-fields.ts';
import type { Chunk } from './split-document.ts';

/** Owns what every caller of the deployment may read. No caller's own name can be this one. */
export const SHARED_OWNER = 'shared';

/** Times are ISO 8601, UTC. */
export interface DocumentInfo {
  id: string;
  library: string;
  /** Where it comes from: an address or a path. With the library it names the document. */
  source: string;
  title: string;
  mediaType: string;
  characters: number;
  chunks: number;
  shared: boolean;
  updatedAt: string;
}

export interface Library {
  name: string;
  documents: number;
  chunks: number;
  shared: boolean;
  updatedAt: string;
}

/** A part of a document that answers a question. */
export interface Passage extends Chunk {
  documentId: string;
  library: string;
  source: string;
  title: string;
  mediaType: string;
}

/** What is known of a stored document, to tell whether it has to be written again. */
export interface Stored {
  id: string;
  library: string;
  source: string;
  fingerprint: string;
  chunks: number;
}

export type NewDocument = Required<Pick<DocumentFields, 'library' | 'source'>> & {
  /** Kept only when there is no document of this library and source yet. */
  id: string;
  title: string;
  mediaType: string;
  text: string;
  fingerprint: string;
  chunks: (Chunk & { vector: number[] | null })[];
  /** Null without vectors. */
  embedderId: string | null;
};

export interface Scope {
  /** Null: all that the caller may read. */
  libraries: readonly string[] | null;
  limit: number;
}

/** Documents of one owner, who also reads what is shared. */
export interface KnowledgeStore {
  /** What of these there is, and how many chunks the owner has in all. */
  look(documents: readonly { library: string; source: string }[]): Promise<{ stored: Stored[]; chunks: number }>;
  /** Adds the document or replaces the one of the same library and source, in one transaction. Its id. */
  put(document: NewDocument): Promise<string>;
  /** By name; the own before the shared. */
  libraries(): Promise<Library[]>;
  /** By library and source. */
  documents(query: { library: string | null; limit: number; offset: number }): Promise<DocumentInfo[]>;
  document(id: string): Promise<(DocumentInfo & { text: string }) | null>;
  /** False when the owner has none of that id. */
  remove(id: string): Promise<boolean>;
  /** Chunks that hold words of the question, best first. */
  byWords(question: string, scope: Scope): Promise<Passage[]>;
  /** Chunks whose vectors by the same embedder are nearest, nearest first. */
  byMeaning(vector: readonly number[], embedderId: string, scope: Scope): Promise<Passage[]>;
}
