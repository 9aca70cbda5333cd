import { AppError } from '../errors.ts';
import { choosePassages } from './choose-passages.ts';
import type { Embedder } from './embedder.ts';
import { CANDIDATES } from './knowledge-limits.ts';
import type { KnowledgeStore, Passage } from './knowledge.ts';
import { mergeRanks, type Scored } from './merge-ranks.ts';

export interface KnowledgeQuery {
  question: string;
  /** Null: all that the caller may read. */
  libraries: readonly string[] | null;
  limit: number;
  /** Of all results together. */
  maxCharacters: number;
}

export interface KnowledgeAnswer {
  results: Scored<Passage>[];
  /** `words` when there is no embedding model, or it did not answer. */
  ranking: 'words' | 'words_and_meaning';
}

export interface SearchServices {
  store: KnowledgeStore;
  embedder: Embedder | null;
  /** Told of a failure that the search went on without. */
  onFailure(error: unknown): void;
}

/** A person waits for it, and there is an answer without it. */
const EMBED_TIMEOUT_MS = 5000;

/** Ranks chunks by their words and by their meaning, and merges both. Throws AppError `library_not_found`, which names those there are. */
export async function searchKnowledge(
  { question, libraries, limit, maxCharacters }: KnowledgeQuery,
  { store, embedder, onFailure }: SearchServices,
): Promise<KnowledgeAnswer> {
  const scope = { libraries, limit: CANDIDATES };
  const meaning = async () => {
    if (!embedder) return null;
    try {
      const [vector] = await embedder.embed([question], { timeoutMs: EMBED_TIMEOUT_MS });
      return vector ? await store.byMeaning(vector, embedder.id, scope) : null;
    } catch (error) {
      onFailure(error);
      return null;
    }
  };
  const [words, nearest] = await Promise.all([
    store.byWords(question, scope),
    meaning(),
    refuseUnknown(libraries, store),
  ]);
  const ranked = mergeRanks(nearest ? [words, nearest] : [words], ({ documentId, start }) => `${documentId} ${start}`);
  return {
    results: choosePassages(ranked, { limit, maxCharacters }),
    ranking: nearest ? 'words_and_meaning' : 'words',
  };
}

async function refuseUnknown(libraries: readonly string[] | null, store: KnowledgeStore): Promise<void> {
  if (!libraries) return;
  const known = new Set((await store.libraries()).map(({ name }) => name));
  const unknown = libraries.find((name) => !known.has(name));
  if (unknown === undefined) return;
  const others = known.size === 0 ? 'There are none yet.' : `There are: ${[...known].join(', ')}.`;
  throw new AppError('library_not_found', `There is no library \`${unknown}\`. ${others}`);
}
