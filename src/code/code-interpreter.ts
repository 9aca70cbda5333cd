import type { CodeFiles, CodeRun, CodeRunner } from './code-runner.ts';
import type { CodeStates } from './code-states.ts';
import type { RunSlots } from './run-slots.ts';

/** A run as its caller is told of it. */
export interface InterpretedCode extends Omit<CodeRun, 'state' | 'beganAnew'> {
  /** How many runs the session has had, this one included; null without a session. */
  runs: number | null;
  /** What became of the session's state when it is not simply kept; '' when it is. */
  note: string;
}

export interface CodeInterpreter {
  /** `session`: the name of what is to be gone on from and kept; null to keep nothing. Throws AppError `code_busy`, `archive_unavailable`. */
  interpret(code: string, session: string | null): Promise<InterpretedCode>;
  /** Forgets what the session keeps. Throws AppError `archive_unavailable`. */
  forget(session: string): Promise<void>;
}

export interface InterpreterOptions {
  runner: CodeRunner;
  slots: RunSlots;
  /** The caller, to whom a fair share of the slots is given. */
  owner: string;
  /** The caller's. */
  states: CodeStates;
  files: CodeFiles;
}

const ANOTHER_VERSION = 'What earlier runs of the session had made is gone: the interpreter has changed since.';
const CUT_OFF = 'Nothing of this run is kept: the session is as it was before.';
const TOO_LARGE = 'What the session holds is too large to keep: it is as it was before this run.';
const OVERTAKEN = 'Another run of the session ended meanwhile: what it made is kept, and what this one made is not.';

/** One cell after the other of a session: each begins where the last one ended. */
export function codeInterpreter({ runner, slots, owner, states, files }: InterpreterOptions): CodeInterpreter {
  return {
    forget: (session) => states.forget(session),
    interpret: (code, session) =>
      slots.hold(owner, async (slot) => {
        const before = session === null ? null : await states.load(session);
        const runs = (before?.runs ?? 0) + 1;
        const { state, beganAnew, ...run } = await runner.run(code, {
          state: before?.bytes ?? null,
          keep: session !== null,
          name: `cell${runs}`,
          files,
          slot,
        });
        if (session === null) return { ...run, runs: null, note: '' };
        const notes = beganAnew ? [ANOTHER_VERSION] : [];
        if (state === null) notes.push(run.error?.isCutOff ? CUT_OFF : TOO_LARGE);
        else if (!(await states.save(session, { runs, bytes: state }))) notes.push(OVERTAKEN);
        return { ...run, runs, note: notes.join(' ') };
      }),
  };
}
