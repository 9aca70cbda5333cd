import { readFileSync } from 'node:fs';
import { codeInterpreter, type CodeInterpreter } from '../../src/code/code-interpreter.ts';
import type { CodeFiles } from '../../src/code/code-runner.ts';
import type { CodeState, CodeStates } from '../../src/code/code-states.ts';
import { quickjsRunner } from '../../src/code/quickjs.ts';
import { runSlots } from '../../src/code/run-slots.ts';
import { prepareCell } from '../../src/code/sucrase.ts';

const WASM = 'src/code/metered-quickjs.wasm';
const wasm = new WebAssembly.Module(readFileSync(WASM));
const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

export function memoryStates(): CodeStates & { all: Map<string, CodeState> } {
  const all = new Map<string, CodeState>();
  return {
    all,
    load: async (session) => all.get(session) ?? null,
    async save(session, state) {
      if ((all.get(session)?.runs ?? 0) !== state.runs - 1) return false;
      all.set(session, state);
      return true;
    },
    forget: async (session) => void all.delete(session),
  };
}

export function memoryFiles(): CodeFiles & { all: Map<string, Uint8Array> } {
  const all = new Map<string, Uint8Array>();
  return {
    all,
    read: async (path) => all.get(path) ?? null,
    write: async (path, content) => void all.set(path, content),
    append: async (path, content) => void all.set(path, new Uint8Array([...(all.get(path) ?? []), ...content])),
    list: async (prefix) =>
      [...all].filter(([path]) => path.startsWith(prefix)).map(([path, { length }]) => ({ path, size: length })),
    remove: async (path) => all.delete(path),
  };
}

/** The interpreter of one caller, with files and states in memory. `now` stands still for a test of Workers' clock. */
export function codeWorld({ now = Date.now, wait = sleep, files = memoryFiles(), states = memoryStates() } = {}) {
  const problems: unknown[] = [];
  const runner = quickjsRunner({
    wasm,
    now,
    wait,
    loadPrepare: async () => prepareCell,
    onError: (error) => problems.push(error),
  });
  const code: CodeInterpreter = codeInterpreter({
    runner,
    slots: runSlots({ now: Date.now, wait: sleep }),
    owner: 'test',
    states,
    files,
  });
  return { code, files, states, problems, run: (source: string) => code.interpret(source, 'test') };
}
