const EVERY_MS = 5_000;
let last = -Infinity;

/** What is being done, in one line that the next one replaces; where there is no terminal, a line every few seconds. */
export function showProgress(text: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\u001B[K${text}`);
    return;
  }
  const now = performance.now();
  if (text === '' || now - last < EVERY_MS) return;
  last = now;
  console.error(text);
}
