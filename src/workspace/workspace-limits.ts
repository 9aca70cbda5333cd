/** One file: a photograph, and what Neon's SQL over HTTP takes without trouble. */
export const FILE_MAX_BYTES = 4 * 1024 * 1024;
/** All files of one caller: a project's worth of text, small enough that a search reads it in one query. */
export const WORKSPACE_MAX_BYTES = 50 * 1024 * 1024;
/** Files of one caller: what a list can be paged through, and counted at every write. */
export const WORKSPACE_MAX_FILES = 2000;

/** Earlier states that are kept of one file. */
export const PAST_MAX_OF_FILE = 10;
/** Earlier states of all files of one caller, deleted ones included: without a bound, writing and deleting in turn would fill the database. */
export const PAST_MAX_BYTES = WORKSPACE_MAX_BYTES;
export const PAST_MAX_STATES = 10_000;

/** A path in bytes of UTF-8: it is a key of an index, whose entries Postgres limits. */
export const PATH_MAX_BYTES = 1024;
/** A part of a path between slashes, as file systems limit it. */
export const NAME_MAX_BYTES = 255;
export const GLOB_MAX_CHARACTERS = 200;
export const QUERY_MAX_CHARACTERS = 500;
/** Characters that are shown of a line that was found; a longer one is cut around the place. */
export const LINE_SHOWN_CHARACTERS = 400;
