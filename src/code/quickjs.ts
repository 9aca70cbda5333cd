import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { z } from 'zod';
import { CHART_SOURCE } from './chart-source.ts';
import { MEMORY_MAX_BYTES, STATE_MAX_BYTES, VALUE_MAX_CHARACTERS } from './code-limits.ts';
import type { CodeError, CodeRun, CodeRunner } from './code-runner.ts';
import { isPackedAs, packMemory, unpackMemory } from './pack-memory.ts';
import { findStepCounter, openInterpreter, STEPS_UNTIL_ASKED, type Interpreter } from './quickjs-interpreter.ts';
import { installHost, runScript, type RunHost, type Settled } from './quickjs-run.ts';
import { sandboxCalls } from './sandbox-calls.ts';
import { sandboxOutput } from './sandbox-output.ts';
import { SANDBOX_SOURCE } from './sandbox-source.ts';
import { STEPS_ASKED, stepMeter, type StepMeter } from './step-meter.ts';

export interface QuickjsOptions {
  /** The compiled interpreter. */
  wasm: WebAssembly.Module;
  now(): number;
  wait(ms: number): Promise<void>;
  /** Leaves out the types of a cell, and makes its declarations last; it has to be loaded first. */
  loadPrepare(): Promise<(code: string) => string>;
  /** Told what went wrong inside, which code is only told in general. */
  onError(error: unknown): void;
}

/** Raise it when the interpreter or what is installed in it changes: a state fits the interpreter that left it and no other. */
const STATE_TAG = 'edgewise code state 1';

const OUT_OF_MEMORY = 'The code took more memory than there is.';
const THREW_NULL = 'The code threw null';

const describedSchema = z.tuple([z.string(), z.string(), z.string()]);

/**
 * Runs code in QuickJS. Each run has an interpreter of its own, whose memory is thrown away with it. A session's state is that memory as
 * it stood between two runs: everything survives, closures, classes and cycles as well as data; only timers and promises that were
 * still waiting for the world are settled no more.
 */
export function quickjsRunner(options: QuickjsOptions): CodeRunner {
  let stepCounter: Promise<number | null> | null = null;

  async function run(code: string, { state, name, files }: Parameters<CodeRunner['run']>[1]): Promise<CodeRun> {
    const prepare = await options.loadPrepare();
    stepCounter ??= findStepCounter(options.wasm);
    const counter = await stepCounter;
    const restored = state ? await unpackMemory(state, STATE_TAG) : null;
    const interpreter = await openInterpreter(options.wasm, restored?.length);
    const { context, memory } = interpreter;
    const meter = stepMeter(options.now);
    const output = sandboxOutput();
    const host: RunHost = {
      output,
      meter,
      calls: sandboxCalls({ ...options, files }),
      answered: [],
      waiting: new Set(),
    };
    installHost(context, host);
    for (const [index, source] of [SANDBOX_SOURCE, CHART_SOURCE].entries()) {
      context.unwrapResult(context.evalCode(source, `sandbox${index}`)).dispose();
    }
    restored?.writeTo(new Uint8Array(memory.buffer));
    watchSteps(interpreter, counter, meter);

    let shown: { value: string | null; error: CodeError | null };
    try {
      shown = show(context, await runScript(interpreter, prepare(code), name, host), meter);
    } catch (error) {
      // The interpreter itself broke down, as it does on a stack that is deeper than it can watch: nothing in it can be trusted.
      shown = {
        value: null,
        error: cutOff(error instanceof RangeError ? 'The code goes too deep.' : 'The code broke the interpreter.'),
      };
    }
    // Out of memory, the interpreter has none left for an error either, and throws null.
    if (shown.error?.message === THREW_NULL && memory.buffer.byteLength > MEMORY_MAX_BYTES) {
      shown = { value: null, error: cutOff(OUT_OF_MEMORY) };
    }
    const end = { ...shown, stdout: output.stdout(), stderr: output.stderr(), pictures: output.pictures() };
    if (shown.error?.isCutOff) return { ...end, state: null };
    const packed = await packMemory(new Uint8Array(memory.buffer), STATE_TAG);
    return { ...end, state: packed.length <= STATE_MAX_BYTES ? packed : null };
  }

  return { run, canResume: (state) => isPackedAs(state, STATE_TAG) };
}

function watchSteps({ runtime, memory }: Interpreter, counter: number | null, meter: StepMeter): void {
  let words = new Int32Array(memory.buffer);
  // The first question comes as soon as the others.
  if (counter !== null) words[counter] = STEPS_ASKED;
  runtime.setInterruptHandler(() => {
    if (counter === null) return meter.spend(STEPS_UNTIL_ASKED);
    // Memory that has grown has another buffer.
    if (words.length === 0) words = new Int32Array(memory.buffer);
    words[counter] = STEPS_ASKED;
    return meter.spend(STEPS_ASKED);
  });
}

/** What a run came to, in words. Showing a value or an error runs code, too, and counts. */
function show(
  context: QuickJSContext,
  settled: Settled,
  meter: StepMeter,
): { value: string | null; error: CodeError | null } {
  if (settled.kind === 'cut off') return { value: null, error: cutOff(settled.reason) };
  const { kind, handle } = settled;
  if (kind === 'value' && context.typeof(handle) === 'undefined') {
    handle.dispose();
    return { value: null, error: null };
  }
  const text = inWords(context, kind === 'value' ? '__inspect' : '__describe', handle);
  handle.dispose();
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

/** What one of the sandbox's own functions makes of a value; null when it fails. */
function inWords(context: QuickJSContext, name: string, handle: QuickJSHandle): string | null {
  const show = context.getProp(context.global, name);
  const result = context.callFunction(show, context.undefined, handle);
  show.dispose();
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
