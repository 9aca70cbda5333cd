import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { meterWasm } from '../../local/meter-wasm/meter-wasm.ts';

test('the interpreter is the build of the package, with its steps counted', () => {
  const build = readFileSync('node_modules/@jitl/quickjs-wasmfile-release-sync/dist/emscripten-module.wasm');
  const metered = readFileSync('src/code/metered-quickjs.wasm');
  expect(metered.equals(meterWasm(build)), 'run `npm run interpreter` after an upgrade').toBe(true);
});
