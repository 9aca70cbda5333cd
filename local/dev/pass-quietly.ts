import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';

/** What wrangler says on every start and every request, and what nobody has to act on. */
const NOISE = [
  /^\s*$/,
  /^Using secrets defined in/,
  /^Your Worker has access to the following bindings/,
  /^Binding\s+Resource/,
  /^env\.\w+/,
  /^⎔ /,
  /^\[wrangler:info\] /,
  /Scheduled Workers are not automatically triggered/,
  /To manually trigger a scheduled event/,
  /\/cdn-cgi\/local\/scheduled/,
  /For more details, see .*cron-triggers/,
  /^🪵 {2}Logs were written to/,
];

/** Passes the lines of a wrangler process on, without its noise: its errors and what the Worker logs remain. */
export function passQuietly(from: Readable, write: (line: string) => void): void {
  createInterface({ input: from }).on('line', (line) => {
    const plain = stripVTControlCharacters(line);
    if (!NOISE.some((pattern) => pattern.test(plain))) write(line);
  });
}
