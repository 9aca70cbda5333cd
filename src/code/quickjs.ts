import { z } from 'zod';
import {
  MEMORY_MAX_BYTES,
  STATE_MAX_BYTES,
  STATE_PLAIN_MAX_BYTES,
  STEPS_MAX,
  VALUE_MAX_CHARACTERS,
} from './code-limits.ts';
import type { CodeError, CodeRunner } from './code-runner.ts';
import { changedPages, pagesOf } from './memory-pages.ts';
import { packState, unpackState } from './pack-state.ts';
import { openInterpreter, type Interpreter } from './quickjs-interpreter.ts';
import { connectHost, runScript, type RunHost, type Settled } from './quickjs-run.ts';
import { runMeter, type RunMeter } from './run-meter.ts';
import { sandboxCalls } from './sandbox-calls.ts';
import { sandboxOutput } from './sandbox-output.ts';

export interface QuickjsOptions {
  /** The compiled interpreter, in the build that counts its steps. */
  wasm: WebAssembly.Module;
  now(): number;
  wait(ms: number): Promise<void>;
  /** Leaves out the types of a cell, and makes its declarations last; it has to be loaded first. */
  loadPrepare(): Promise<(code: string) => string>;
  /** Told what went wrong inside, which code is only told in general. */
  onError(error: unknown): void;
}

const OUT_OF_MEMORY = 'The code took more memory than there is.';
const THREW_NULL = 'The code threw null';

const describedSchema = z.tuple([z.string(), z.string(), z.string()]);

interface Shown {
  value: string | null;
  error: CodeError | null;
}

/**
 * Runs code in QuickJS. Each slot has one interpreter, whose memory is put back before every run. A session's state is what its runs
 * have changed in that memory: everything survives, closures, classes and cycles as well as data; only timers and promises that were
 * still waiting for the world are settled no more.
 */
export function quickjsRunner(options: QuickjsOptions): CodeRunner {
  const interpreters = new Map<number, Interpreter>();

  async function interpreterOf(slot: number): Promise<Interpreter> {
    const interpreter = interpreters.get(slot) ?? (await openInterpreter(options.wasm));
    interpreters.set(slot, interpreter);
    return interpreter;
  }

  return {
    async run(code, run) {
      const prepare = await options.loadPrepare();
      const interpreter = await interpreterOf(run.slot.index);
      const before = run.state && (await unpackState(run.state, interpreter.version));
      interpreter.reset(before && pagesOf(before), randomSeed());
      const output = sandboxOutput();
      interpreter.steps.value = STEPS_MAX;
      const host: RunHost = {
        output,
        meter: runMeter(options.now, interpreter.steps),
        calls: sandboxCalls({ ...options, files: run.files }),
        slot: run.slot,
        answered: [],
        waiting: new Set(),
      };
      connectHost(interpreter, host);
      const shown = await runSafely(
        interpreter,
        () => prepare(code),
        run.name,
        host,
        () => {
          // Nothing in it can be trusted any more, and a new one costs little.
          interpreters.delete(run.slot.index);
        },
      );
      const end = { ...shown, stdout: output.stdout(), stderr: output.stderr(), pictures: output.pictures() };
      const isKept = run.keep && !shown.error?.isCutOff;
      return { ...end, beganAnew: run.state !== null && !before, state: isKept ? await stateOf(interpreter) : null };
    },
  };
}

/** What is shown of a run, however it ends; `drop` is called when the interpreter itself may be damaged. */
async function runSafely(
  interpreter: Interpreter,
  source: () => string,
  name: string,
  host: RunHost,
  drop: () => void,
): Promise<Shown> {
  const { meter } = host;
  interpreter.runtime.setInterruptHandler(() => meter.exceeded() !== null);
  try {
    const shown = show(interpreter, await runScript(interpreter, source(), name, host), meter);
    // Out of memory, the interpreter has none left for an error either, and throws null.
    const isFull = shown.error?.message === THREW_NULL && usedBytes(interpreter) > MEMORY_MAX_BYTES / 2;
    return isFull ? { value: null, error: cutOff(OUT_OF_MEMORY) } : shown;
  } catch (error) {
    const reason = meter.exceeded();
    if (reason !== null) return { value: null, error: cutOff(reason) };
    // A stack that is deeper than the interpreter can watch. What it had done there is taken back with its memory.
    if (error instanceof RangeError) return { value: null, error: cutOff('The code goes too deep.') };
    drop();
    return { value: null, error: cutOff('The code broke the interpreter.') };
  }
}

/** What the code has changed in the interpreter; null when that is too much. */
async function stateOf({ memory, pristine, version }: Interpreter): Promise<Uint8Array | null> {
  const pages = changedPages(memory, pristine, STATE_PLAIN_MAX_BYTES);
  const packed = pages && (await packState(pages, version));
  return packed && packed.length <= STATE_MAX_BYTES ? packed : null;
}

function usedBytes({ memory, pristine }: Interpreter): number {
  let end = memory.length;
  while (end > pristine.length && memory[end - 1] === 0) end -= 1;
  return end - pristine.length;
}

function randomSeed(): bigint {
  // Zero would stay zero.
  return crypto.getRandomValues(new BigUint64Array(1))[0] || 1n;
}

/** What a run came to, in words. Showing a value or an error runs code, too, and counts. */
function show({ context, inspect, describe }: Interpreter, settled: Settled, meter: RunMeter): Shown {
  if (settled.kind === 'cut off') return { value: null, error: cutOff(settled.reason) };
  const { kind, handle } = settled;
  if (kind === 'value' && context.typeof(handle) === 'undefined') {
    handle.dispose();
    return { value: null, error: null };
  }
  const result = context.callFunction(kind === 'value' ? inspect : describe, context.undefined, handle);
  handle.dispose();
  const text = textOf(context, result);
  const reason = meter.exceeded();
  if (reason !== null) return { value: null, error: cutOff(reason) };
  if (kind === 'value') {
    return { value: text === null ? '[a value that cannot be shown]' : cut(text, VALUE_MAX_CHARACTERS), error: null };
  }
  const described = describedSchema.safeParse(text === null ? null : parseJson(text)).data;
  return {
    value: null,
    error: described ? errorOf(described) : cutOff('The code threw something that cannot be shown.'),
  };
}

function errorOf([name, message, stack]: z.infer<typeof describedSchema>): CodeError {
  if (name === 'InternalError' && message === 'out of memory') return cutOff(OUT_OF_MEMORY);
  return {
    name: cut(name, 200),
    message: cut(message, VALUE_MAX_CHARACTERS),
    stack: cut(
      stack
        .split('\n')
        .filter((line) => !/\(native\)|sandbox\d/.test(line))
        .map((line) => line.trim())
        .join('\n'),
      2000,
    ).trim(),
    isCutOff: false,
  };
}

function cutOff(message: string): CodeError {
  return { name: 'Limit', message, stack: '', isCutOff: true };
}

/** Null when the call failed, or gave no text. */
function textOf(
  context: Interpreter['context'],
  result: ReturnType<Interpreter['context']['callFunction']>,
): string | null {
  if (result.error) {
    result.error.dispose();
    return null;
  }
  return result.value.consume((text) => (context.typeof(text) === 'string' ? context.getString(text) : null));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function cut(text: string, most: number): string {
  const shown = text.slice(0, most).toWellFormed();
  return shown.length < text.length ? `${shown}…` : shown;
}
