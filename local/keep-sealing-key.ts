import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'sealing-key';

/** A key of this machine for SEALING_KEYS: made up once and kept in `folder`, so that what it sealed can be read after the next start. */
export function keepSealingKey(folder: string | undefined): string {
  const fresh = randomBytes(32).toString('base64');
  if (folder === undefined) return fresh;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  try {
    writeFileSync(file, fresh, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch {
    // There is one already; anything else that is wrong shows now.
    return readFileSync(file, 'utf8');
  }
}
