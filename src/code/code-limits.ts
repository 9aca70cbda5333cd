/** One run's share of the processor by the clock. */
export const RUN_MS = 5000;
/** One run with its waits for files and timers: with the wait for a slot it stays below what a tool call may take. */
export const RUN_WITH_WAITS_MS = 15_000;
/**
 * Workers' clock stands still while code computes: there a run ends after this many loop turns and calls, which take a plain loop one or
 * two seconds, property access about five, and a regular expression at most twenty.
 */
export const STEPS_MAX = 200_000_000;

/** What the code's values may take, and all of an interpreter: two of them fit into an isolate of 128 MB beside the Worker. */
export const MEMORY_MAX_BYTES = 20 * 1024 * 1024;
export const INTERPRETER_MAX_BYTES = 36 * 1024 * 1024;
export const STACK_MAX_BYTES = 256 * 1024;

export const CODE_MAX_CHARACTERS = 100_000;
/** What is shown of console and errors together, and of the last value. */
export const OUTPUT_MAX_CHARACTERS = 32_000;
export const VALUE_MAX_CHARACTERS = 8000;
export const PICTURES_MAX = 8;
/** In base64, all pictures of a run: what one tool result may carry. */
export const PICTURES_MAX_CHARACTERS = 300_000;
/** Reads and changes of files in one run: each is a request to the database. */
export const FILE_CALLS_MAX = 50;
/** Timers that are waited for at once. */
export const TIMERS_MAX = 100;

/** Runs at once in one isolate, and how long the next may wait before it is told to come back. */
export const RUNS_AT_ONCE = 2;
export const SLOT_WAIT_MS = 10_000;

/** A session's state, compressed, and how many of a caller's are kept for how long after their last use. */
export const STATE_MAX_BYTES = 2 * 1024 * 1024;
export const STATES_MAX = 20;
export const STATE_TTL_HOURS = 24;
export const SESSION_NAME_MAX_CHARACTERS = 200;
