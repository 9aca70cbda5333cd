import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { buildWorker, WORKER_FOLDER } from './build-worker.ts';

/** Workers may be 3 MB (free) or 10 MB (paid) after gzip; this is far below, and growth past it should be a decision. */
const BUDGET_KIB = 700;

await buildWorker();
const files = (await readdir(WORKER_FOLDER)).filter((name) => name.endsWith('.js') || name.endsWith('.wasm'));
let raw = 0;
let gzip = 0;
for (const name of files) {
  const content = await readFile(`${WORKER_FOLDER}/${name}`);
  raw += content.length;
  gzip += gzipSync(content).length;
}
const kib = (bytes: number) => (bytes / 1024).toFixed(1);
console.log(`The Worker is ${kib(raw)} KiB, ${kib(gzip)} KiB after gzip (budget ${BUDGET_KIB} KiB).`);
if (gzip > BUDGET_KIB * 1024) {
  console.error('That is over the budget.');
  process.exitCode = 1;
}
