import { readFileSync, writeFileSync } from 'node:fs';
import { meterWasm } from './meter-wasm/meter-wasm.ts';

const BUILD = 'node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm';
const METERED = 'src/code/metered-quickjs.wasm';

/** To be run after an upgrade of QuickJS; a test compares. */
writeFileSync(METERED, meterWasm(readFileSync(BUILD)));
