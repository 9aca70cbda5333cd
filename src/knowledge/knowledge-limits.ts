/** The most that one document may hold, in characters: a book of two hundred pages. A request holds 1 MiB anyway. */
export const DOCUMENT_MAX_CHARACTERS = 400_000;
/** Each takes two requests to the database, and perhaps some to the embedding model. */
export const DOCUMENTS_PER_REQUEST_MAX = 20;
/** Chunks of one owner: what a search by meaning compares one by one. */
export const CHUNKS_MAX = 20_000;

/** What chunks are filled up to, and what they never exceed: a block between the two is kept whole. */
export const CHUNK_TARGET_CHARACTERS = 1200;
export const CHUNK_MAX_CHARACTERS = 2000;
/** How much two chunks share where a paragraph had to be cut. */
export const OVERLAP_MAX_CHARACTERS = 160;

export const QUERY_MAX_CHARACTERS = 1000;
/** Words of a question that count. */
export const WORDS_MAX = 16;
/** Chunks that each ranking brings to the merge. */
export const CANDIDATES = 40;
export const RESULTS_MAX = 20;
/** Text of all results together. */
export const RESULT_CHARACTERS_DEFAULT = 8000;
export const RESULT_CHARACTERS_MAX = 40_000;
