import type { RunSlot } from './run-slots.ts';

/** What code showed, and where it left its session. */
export interface CodeRun {
  /** What was written by `console.log`, `info` and `debug`. */
  stdout: string;
  /** What was written by `console.warn` and `error`. */
  stderr: string;
  /** The last expression's value as text; null for `undefined`. */
  value: string | null;
  error: CodeError | null;
  pictures: Picture[];
  /** Everything that the code has made, to go on from; null when it is not to be kept, is too large, or the run was cut off. */
  state: Uint8Array | null;
  /** The state that it was to go on from is one that another version of the interpreter left: the run began anew. */
  beganAnew: boolean;
}

export interface CodeError {
  name: string;
  message: string;
  /** Where in the code, as lines like `at f (cell2:3:5)`; '' when that is not known. */
  stack: string;
  /** A limit ended the run, or the code could not be run at all: what it did in the session is not kept. */
  isCutOff: boolean;
}

export interface Picture {
  mediaType: string;
  base64: string;
}

/** The caller's files as code sees them. What rejects with an AppError reaches the code as that sentence, anything else as a general one. */
export interface CodeFiles {
  /** Null when there is no such file. */
  read(path: string): Promise<Uint8Array | null>;
  write(path: string, content: Uint8Array): Promise<void>;
  append(path: string, content: Uint8Array): Promise<void>;
  /** Paths and sizes, by path. */
  list(prefix: string): Promise<{ path: string; size: number }[]>;
  /** Whether there was such a file. */
  remove(path: string): Promise<boolean>;
}

export interface RunOptions {
  /** Where the session stands: the `state` of an earlier run; null to begin anew. */
  state: Uint8Array | null;
  /** Whether its end is kept. */
  keep: boolean;
  /** How the code is called in its errors. */
  name: string;
  files: CodeFiles;
  /** Where it runs: nothing else runs there until it has ended. */
  slot: RunSlot;
}

/**
 * Runs JavaScript, or TypeScript whose types are left out, apart from everything: no network, no modules, nothing of ours but `console`,
 * `files`, `display`, `chart` and timers. It never rejects: what goes wrong is in the run's `error`.
 */
export interface CodeRunner {
  run(code: string, options: RunOptions): Promise<CodeRun>;
}
