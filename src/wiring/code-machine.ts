import wasm from '../code/metered-quickjs.wasm';
import type { Database } from '../archive/neon-database.ts';
import { codeInterpreter } from '../code/code-interpreter.ts';
import type { CodeRunner } from '../code/code-runner.ts';
import { neonCodeStates } from '../code/neon.ts';
import { quickjsRunner } from '../code/quickjs.ts';
import { runSlots, type RunSlots } from '../code/run-slots.ts';
import { workspaceFiles } from '../code/workspace-files.ts';
import type { Log } from '../observe/log.ts';
import type { Services } from '../services.ts';

/** What runs code in this isolate, for all callers. */
export interface CodeMachine {
  runner: CodeRunner;
  slots: RunSlots;
}

export function codeMachine(now: () => number, log: Log): CodeMachine {
  const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
  const runner = quickjsRunner({
    wasm,
    now,
    wait,
    // Only who runs code waits for the reader of TypeScript.
    loadPrepare: async () => (await import('../code/sucrase.ts')).prepareCell,
    onError: (cause) => log('error', 'code_call_failed', {}, cause),
  });
  return { runner, slots: runSlots({ now, wait }) };
}

/** Null without a database. */
export function codeInterpreters(
  machine: CodeMachine,
  database: Database | null,
  files: Services['files'],
): Services['code'] {
  if (!database || !files) return null;
  return (caller, chat) =>
    codeInterpreter({
      ...machine,
      owner: caller.owner,
      states: neonCodeStates(database, caller.owner),
      files: workspaceFiles(files(caller, chat)),
    });
}
