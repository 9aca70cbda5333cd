import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { CHART_SOURCE } from './chart-source.ts';
import { INTERPRETER_BYTES, MEMORY_MAX_BYTES, STACK_MAX_BYTES } from './code-limits.ts';
import { fingerprint, PAGE_BYTES, type MemoryPages } from './memory-pages.ts';
import { SANDBOX_SOURCE } from './sandbox-source.ts';
import { settleRandom } from './settle-random.ts';

const WASM_PAGE_BYTES = 65_536;

type HostFunction = (...handles: QuickJSHandle[]) => QuickJSHandle | { error: QuickJSHandle } | undefined;

/** One interpreter with its sandbox, used for one run after the other, each in the memory that `reset` puts there. */
export interface Interpreter {
  context: QuickJSContext;
  runtime: QuickJSRuntime;
  /** All of its memory: it neither grows nor shrinks. */
  memory: Uint8Array<ArrayBuffer>;
  /** The memory as it is before any code has run. */
  pristine: Uint8Array<ArrayBuffer>;
  /** Tells interpreters apart whose memories do not fit each other. */
  version: string;
  /** The sandbox's own functions that say a value and an error in words. */
  inspect: QuickJSHandle;
  describe: QuickJSHandle;
  /** What answers the sandbox's calls now. */
  host: HostFunction;
  /** Takes everything away that was done in it, and puts the pages of a session in. */
  reset(session: MemoryPages | null, seed: bigint): void;
  /** Steps that are left until it traps; whoever works for it outside takes his share of them. */
  steps: { value: number };
}

/**
 * Interpreters made here by one isolate or by two are alike down to their addresses: what is taken from the memory of one can be put
 * into another. `wasm` is the build that counts its steps. With its memory, its stack pointer and its steps a reset puts back all of the
 * state that a WebAssembly instance has, also after a trap.
 */
export async function openInterpreter(wasm: WebAssembly.Module): Promise<Interpreter> {
  const pages = INTERPRETER_BYTES / WASM_PAGE_BYTES;
  const wasmMemory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  let exports: WebAssembly.Exports = {};
  const instantiateWasm = (imports: WebAssembly.Imports, use: (instance: WebAssembly.Instance) => void) => {
    const instance = new WebAssembly.Instance(wasm, imports);
    exports = instance.exports;
    use(instance);
    return exports;
  };
  const bootedFrom = Date.now();
  const module = await newQuickJSWASMModuleFromVariant(
    newVariant(variant, { emscriptenModule: { wasmMemory, instantiateWasm } }),
  );
  const [steps, stack] = [globalOf(exports, 'steps'), globalOf(exports, 'stack')];
  const runtime = module.newRuntime();
  runtime.setMemoryLimit(MEMORY_MAX_BYTES);
  runtime.setMaxStackSize(STACK_MAX_BYTES);
  runtime.setModuleLoader(() => ({ error: new Error('There are no modules in here. Use what the language has.') }));
  const context = runtime.newContext();
  // Never given back: the interpreter would forget the function with the last value of it.
  const answers = context.newFunction('host', (...handles) => interpreter.host(...handles));
  context.setProp(context.global, '__host', answers);
  for (const [index, source] of [SANDBOX_SOURCE, CHART_SOURCE].entries()) {
    context.unwrapResult(context.evalCode(source, `sandbox${index}`)).dispose();
  }
  const inspect = context.getProp(context.global, '__inspect');
  const describe = context.getProp(context.global, '__describe');

  const memory = new Uint8Array(wasmMemory.buffer);
  const seedAt = settleRandom(memory, bootedFrom, Date.now());
  const pristine = withoutEmptyEnd(memory);
  const stackAtRest: unknown = stack.value;
  const interpreter: Interpreter = {
    context,
    runtime,
    memory,
    pristine,
    version: fingerprint(pristine),
    inspect,
    describe,
    host: () => undefined,
    steps,
    reset(session, seed) {
      memory.fill(0);
      memory.set(pristine);
      session?.writeTo(memory);
      new DataView(memory.buffer).setBigUint64(seedAt, seed, true);
      stack.value = stackAtRest;
    },
  };
  return interpreter;
}

function globalOf(exports: WebAssembly.Exports, name: string): WebAssembly.Global {
  const global = exports[name];
  if (!(global instanceof WebAssembly.Global)) throw new Error(`This build of the interpreter has no global ${name}.`);
  return global;
}

function withoutEmptyEnd(memory: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const words = new Int32Array(memory.buffer);
  let length = words.length;
  while (length > 0 && words[length - 1] === 0) length -= 1;
  return memory.slice(0, Math.ceil((length * 4) / PAGE_BYTES) * PAGE_BYTES);
}
