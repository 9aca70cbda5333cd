import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { INTERPRETER_MAX_BYTES, MEMORY_MAX_BYTES, STACK_MAX_BYTES } from './code-limits.ts';

const WASM_PAGE_BYTES = 65_536;
/** What the interpreter's own memory begins with. */
const SMALLEST_PAGES = 256;
/** What the interpreter counts down from until it asks whether to go on. */
export const STEPS_UNTIL_ASKED = 10_000;

/** An interpreter of its own for one run, thrown away with all its memory afterwards. */
export interface Interpreter {
  context: QuickJSContext;
  runtime: QuickJSRuntime;
  memory: WebAssembly.Memory;
}

/**
 * Two interpreters made here by one isolate or by two are alike down to their addresses: what is taken from the memory of one can be put
 * into another.
 */
export async function openInterpreter(wasm: WebAssembly.Module, memoryBytes = 0): Promise<Interpreter> {
  const memory = new WebAssembly.Memory({
    initial: Math.max(SMALLEST_PAGES, Math.ceil(memoryBytes / WASM_PAGE_BYTES)),
    maximum: INTERPRETER_MAX_BYTES / WASM_PAGE_BYTES,
  });
  const module = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmModule: wasm, wasmMemory: memory }));
  const runtime = module.newRuntime();
  runtime.setMemoryLimit(MEMORY_MAX_BYTES);
  runtime.setMaxStackSize(STACK_MAX_BYTES);
  runtime.setModuleLoader(() => ({ error: new Error('There are no modules in here. Use what the language has.') }));
  return { context: runtime.newContext(), runtime, memory };
}

/**
 * Where an interpreter keeps the steps that are left until it asks whether to go on. It begins with STEPS_UNTIL_ASKED each time, and a
 * step can be a search through megabytes: to be asked sooner, one has to write there. Null when it cannot be told.
 */
export async function findStepCounter(wasm: WebAssembly.Module): Promise<number | null> {
  const { context, runtime, memory } = await openInterpreter(wasm);
  const words = new Int32Array(memory.buffer);
  const candidates: number[] = [];
  let asked = 0;
  runtime.setInterruptHandler(() => {
    asked += 1;
    if (asked === 1) {
      for (let at = 0; at < words.length; at += 1) if (words[at] === STEPS_UNTIL_ASKED) candidates.push(at);
    }
    return false;
  });
  context.unwrapResult(context.evalCode(`for (let i = 0; i < ${STEPS_UNTIL_ASKED * 2.5}; i++);`)).dispose();
  const counting = candidates.filter((at) => (words[at] ?? 0) < STEPS_UNTIL_ASKED);
  return counting.length === 1 ? (counting[0] ?? null) : null;
}
