/** A cold or dead server may hold up a turn no longer than this. */
export const LISTING_TIMEOUT_MS = 2500;
/** Most bytes of one response of a server: far more than a model reads, far less than the isolate's memory. */
export const RESPONSE_MAX_BYTES = 4 * 1024 * 1024;

/** Most requests of one turn to all remote servers together, redirects included. */
export const REQUESTS_MAX = 200;

/** How long a catalogue is believed when its server says nothing, and the bounds of what a server may say. */
export const CATALOGUE_DEFAULT_MS = 5 * 60_000;
export const CATALOGUE_MIN_MS = 60_000;
export const CATALOGUE_MAX_MS = 60 * 60_000;
/** How long a catalogue that has had its time still serves turns, while it is listed anew; and news of a server that failed. */
export const STALE_AVAILABLE_MS = 30 * 60_000;
export const STALE_UNAVAILABLE_MS = 5 * 60_000;
/** How long one isolate keeps the others from listing the same server. */
export const LISTING_CLAIM_SECONDS = 10;
/** Catalogues that an isolate keeps parsed. */
export const CATALOGUES_PARSED_MAX = 200;
/** How long it is remembered what a server's tools were, and of how many tools at most. */
export const FINGERPRINTS_MS = 30 * 24 * 60 * 60_000;
export const FINGERPRINTS_MAX = 512;
/** How long a chat's session at a server is remembered: longer than servers keep one, since a lost session costs one request. */
export const TOOL_SESSIONS_MS = 24 * 60 * 60_000;
/** How long a server that failed is left alone. */
export const UNAVAILABLE_MS = 30_000;
/** How long it is believed that a caller has not logged in: a login that ends at the same moment as a turn lists may be missed so long. */
export const LOGIN_NEEDED_MS = 60_000;

/** Pieces of progress that are shown of one call, and the length of what they say. */
export const PROGRESS_MAX = 100;
export const PROGRESS_MESSAGE_MAX_CHARACTERS = 500;

/** Tools of one turn: providers refuse more. */
export const TOOLS_MAX = 128;
/** Tools that are kept of one server: one more than fit, so that it is known that some do not. */
export const TOOLS_KEPT_MAX = TOOLS_MAX + 1;
export const DESCRIPTION_MAX_CHARACTERS = 4096;
export const SCHEMA_MAX_CHARACTERS = 32 * 1024;
export const SCHEMA_MAX_DEPTH = 10;

/** What a model gets to read of one result. */
export const TEXT_MAX_CHARACTERS = 64 * 1024;
/** Larger images and files are named instead of carried: they would travel with every later turn. */
export const BINARY_MAX_BYTES = 256 * 1024;
