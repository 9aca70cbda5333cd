import type { QuickJSContext, QuickJSDeferredPromise, QuickJSHandle } from 'quickjs-emscripten-core';
import { CALL_STEPS, CALL_STEPS_A_BYTE } from './code-limits.ts';
import type { Interpreter } from './quickjs-interpreter.ts';
import type { RunMeter } from './run-meter.ts';
import type { RunSlot } from './run-slots.ts';
import type { CallOutcome, SandboxCalls } from './sandbox-calls.ts';
import type { SandboxOutput } from './sandbox-output.ts';

/** A global script that may await (JS_EVAL_FLAG_ASYNC): its promise is fulfilled with `{value}`. */
const SCRIPT_WITH_AWAIT = 1 << 7;
const JOBS_AT_ONCE = 1000;
/** A run that waits tells as often as this that it lives. */
const SPEAK_UP_MS = 1000;

/** What one run's code reaches outside of its interpreter. */
export interface RunHost {
  output: SandboxOutput;
  calls: SandboxCalls;
  meter: RunMeter;
  slot: RunSlot;
  /** Calls whose answers have come and are not yet given to the code. */
  answered: (() => void)[];
  /** Calls that wait. */
  waiting: Set<Promise<void>>;
}

export type Settled = { kind: 'value' | 'thrown'; handle: QuickJSHandle } | { kind: 'cut off'; reason: string };

/**
 * Connects the sandbox's one host function with a run. Whatever it is called with, it answers, throws a plain sentence, or hands out a
 * promise.
 */
export function connectHost(interpreter: Interpreter, runHost: RunHost): void {
  const { context, steps } = interpreter;
  const { output, calls } = runHost;
  interpreter.host = (kind, argument, data) => {
    const content = contentOf(context, data);
    const [name, text] = [textOf(context, kind), textOf(context, argument)];
    steps.value -= CALL_STEPS + CALL_STEPS_A_BYTE * content.length;
    if (name === 'log' || name === 'show') {
      if (typeof content !== 'string') return { error: errorOf(context, 'That is not a text.') };
      const problem = name === 'log' ? output.log(text, content) : output.show(text, content);
      return problem === null ? undefined : { error: errorOf(context, problem) };
    }
    const call = calls.begin(name, text, content);
    return 'problem' in call ? { error: errorOf(context, call.problem) } : promiseFor(context, call, runHost);
  };
}

/** Runs a script to its end: with its jobs, what it waits for, and the files that it does not wait for. */
export async function runScript(
  { context, runtime }: Interpreter,
  code: string,
  name: string,
  { meter, calls, slot, answered, waiting }: RunHost,
): Promise<Settled> {
  const evaluated = context.evalCode(code, name, SCRIPT_WITH_AWAIT);
  if (evaluated.error) return stoppedOr(meter, { kind: 'thrown', handle: evaluated.error });
  const main = evaluated.value;
  for (;;) {
    const jobs = runtime.executePendingJobs(JOBS_AT_ONCE);
    jobs.dispose();
    const reason = meter.exceeded();
    if (reason !== null) return { kind: 'cut off', reason };
    if (runtime.hasPendingJob()) continue;
    if (answered.length > 0) {
      for (const give of answered.splice(0)) give();
      continue;
    }
    const state = context.getPromiseState(main);
    if (state.type !== 'pending' && calls.openFileCalls() === 0) {
      main.dispose();
      if (state.type === 'rejected') return { kind: 'thrown', handle: state.error };
      return { kind: 'value', handle: state.notAPromise ? state.value : takeProp(context, state.value, 'value') };
    }
    if (waiting.size === 0)
      return { kind: 'cut off', reason: 'The code waits for a promise that nothing will settle.' };
    slot.touch();
    await meter.pause(orLater(waiting, Math.min(meter.left(), SPEAK_UP_MS)));
    if (!slot.isHeld()) throw new Error('The run was thought dead, and its place given to another.');
    slot.touch();
  }
}

function stoppedOr(meter: RunMeter, settled: Settled): Settled {
  const reason = meter.exceeded();
  return reason === null ? settled : { kind: 'cut off', reason };
}

function takeProp(context: QuickJSContext, object: QuickJSHandle, name: string): QuickJSHandle {
  const value = context.getProp(object, name);
  object.dispose();
  return value;
}

/** A promise of the sandbox's for work of ours. Its answer is handed over between jobs, never while code runs. */
function promiseFor(context: QuickJSContext, call: Promise<CallOutcome>, { answered, waiting }: RunHost) {
  const deferred = context.newPromise();
  const waited = call.then((outcome) => {
    answered.push(() => give(context, deferred, outcome));
    waiting.delete(waited);
  });
  waiting.add(waited);
  return deferred.handle;
}

function give(context: QuickJSContext, deferred: QuickJSDeferredPromise, outcome: CallOutcome): void {
  if ('problem' in outcome) errorOf(context, outcome.problem).consume((error) => deferred.reject(error));
  else valueOf(context, outcome.value).consume((value) => deferred.resolve(value));
  deferred.dispose();
}

function valueOf(context: QuickJSContext, value: string | ArrayBuffer): QuickJSHandle {
  return typeof value === 'string' ? context.newString(value) : context.newArrayBuffer(value);
}

function errorOf(context: QuickJSContext, message: string): QuickJSHandle {
  return context.newError({ name: 'Error', message });
}

function textOf(context: QuickJSContext, handle: QuickJSHandle | undefined): string {
  return handle && context.typeof(handle) === 'string' ? context.getString(handle) : '';
}

/** A string, or a copy of an ArrayBuffer's bytes; nothing for anything else. */
function contentOf(context: QuickJSContext, handle: QuickJSHandle | undefined): string | Uint8Array {
  if (!handle || context.typeof(handle) !== 'object') return textOf(context, handle);
  return context.getArrayBuffer(handle).consume((bytes) => bytes.value.slice());
}

async function orLater(waiting: ReadonlySet<Promise<void>>, ms: number): Promise<void> {
  const later = Promise.withResolvers<void>();
  const timer = setTimeout(later.resolve, Math.max(0, ms));
  try {
    await Promise.race([...waiting, later.promise]);
  } finally {
    clearTimeout(timer);
  }
}
