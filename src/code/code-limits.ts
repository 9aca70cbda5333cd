/** One run's share of the processor by the clock. */
export const RUN_MS = 5000;
/** One run with its waits for files and timers: with the wait for a slot it stays below what a tool call may take. */
export const RUN_WITH_WAITS_MS = 15_000;
/**
 * Workers' clock stands still while code computes: there a run ends after this many steps, which the interpreter counts in its native parts,
 * too. A step takes 2 to 10 nanoseconds, so that this is one to four seconds; what a single one can do (a
 * look-up that misses every cache, a page of memory) is bounded. Behind it stands only `cpu_ms` in wrangler.toml.
 */
export const STEPS_MAX = 400_000_000;
/** What a call out of the interpreter costs, and each byte that it takes along: work outside is not counted by itself. */
export const CALL_STEPS = 5000;
export const CALL_STEPS_A_BYTE = 1;

/** What the code's values may take, and all of an interpreter: RUNS_AT_ONCE of them fit into an isolate of 128 MB beside the Worker. */
export const MEMORY_MAX_BYTES = 16 * 1024 * 1024;
export const INTERPRETER_BYTES = 24 * 1024 * 1024;
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

/** Runs at once in one isolate, and how many may wait how long for their turn before they are told to come back. */
export const RUNS_AT_ONCE = 2;
export const RUN_QUEUE_MAX = 200;
export const RUN_QUEUE_OF_CALLER_MAX = 60;
export const SLOT_WAIT_MS = 10_000;
/** A slot that nobody has spoken for as long as this is taken from its run: longer than code can compute without a pause. */
export const SLOT_LAPSE_MS = 10_000;

/** What a session changed in its interpreter's memory, before and after compression. */
export const STATE_PLAIN_MAX_BYTES = 8 * 1024 * 1024;
export const STATE_MAX_BYTES = 2 * 1024 * 1024;
/** How many of a caller's states are kept, and for how long after their last use. */
export const STATES_MAX = 20;
export const STATE_TTL_HOURS = 24;
export const SESSION_NAME_MAX_CHARACTERS = 200;
