import { buildWorker, WORKER_FOLDER } from './build-worker.ts';
import { measureBundle } from './measure-bundle.ts';

/** Workers may be 3 MB (free) or 10 MB (paid) after gzip; this is far below, and growth past it should be a decision. */
/** A third of what the free plan of Workers takes: 3 MiB after gzip. */
const BUDGET_KIB = 1024;

await buildWorker();
const { rawBytes, gzipBytes } = await measureBundle(WORKER_FOLDER);
const kib = (bytes: number) => (bytes / 1024).toFixed(1);
console.log(`The Worker is ${kib(rawBytes)} KiB, ${kib(gzipBytes)} KiB after gzip (budget ${BUDGET_KIB} KiB).`);
if (gzipBytes > BUDGET_KIB * 1024) {
  console.error('That is over the budget.');
  process.exitCode = 1;
}
