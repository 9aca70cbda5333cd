import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorkerd, type WorkerProcess } from '../../bench/start-workerd.ts';
import { watchMemory } from '../../bench/watch-memory.ts';
import { INTERPRETER_BYTES, RUNS_AT_ONCE } from '../../src/code/code-limits.ts';
import { client } from './client.ts';
import { TEST_WORKER_FOLDER } from './global-setup.ts';
import { testVars } from './start-worker.ts';

const RUNS = 50;
/** Their memories, the buffers of requests and states, and what the engine has compiled of the interpreter by then. */
const CAP_MB = (RUNS_AT_ONCE * INTERPRETER_BYTES) / 2 ** 20 + 110;
const OUT_OF_MEMORY = 'The code took more memory than there is.';
const BOMBS = [
  'const all = []; for (;;) all.push("x".repeat(1e5) + all.length)',
  'const all = []; for (;;) all.push(new Uint8Array(1e5).fill(1))',
  'new Array(2 ** 26).fill({})',
  'const many = []; for (;;) many.push({ many })',
];

let worker: WorkerProcess;
beforeAll(async () => {
  worker = await startWorkerd(TEST_WORKER_FOLDER, testVars({}));
});
afterAll(() => worker.close());

function caller(index: number) {
  const { send } = client(worker.url, { cookie: `edgewise_visitor=memory-${index}` });
  return async (code: string, session?: string) => (await send('POST', '/code/execute', { code, session })).json();
}

test('50 runs at once, half of them bombs: they are answered, and one isolate stays below its cap', async () => {
  const base = watchMemory(worker.pid)();
  const most = watchMemory(worker.pid);
  const answers = await Promise.all(
    Array.from({ length: RUNS }, async (_, index) =>
      index % 2 === 0
        ? { said: OUT_OF_MEMORY, answer: await caller(index)(BOMBS[(index / 2) % BOMBS.length] ?? '') }
        : { said: String(index + 1), answer: await caller(index)(`let n = ${index}; n + 1`, 's') },
    ),
  );
  const grown = most() - base;
  // On a machine that does much else the last ones may wait too long, and are told so.
  const served = answers.filter(({ answer }) => answer.error?.code !== 'code_busy');
  expect(served.length).toBeGreaterThan(RUNS / 2);
  expect(new Set(served.map(({ answer, said }) => (answer.error?.message ?? answer.value) === said))).toEqual(
    new Set([true]),
  );
  expect(grown).toBeLessThan(CAP_MB);
}, 120_000);
