import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LocalError } from './local-error.ts';

/**
 * Makes this process the only user of `folder` until the returned function is called or the process dies. PGlite takes
 * no lock of its own: two processes would destroy each other's data. Throws LocalError when another one has it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, 'pid');
  // SQLite's lock is the operating system's: a process that is killed leaves none behind, whatever its pid becomes.
  const lock = new DatabaseSync(join(folder, 'lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new LocalError(
      `The data folder ${folder} is in use by another process${readPid(pidFile)}: stop that one first (is "npm run dev" or "npm run services" running in another terminal?).`,
      { cause },
    );
  }
  writeFileSync(pidFile, String(process.pid));
  return () => {
    rmSync(pidFile, { force: true });
    lock.close();
  };
}

function readPid(pidFile: string): string {
  try {
    return ` (${readFileSync(pidFile, 'utf8')})`;
  } catch {
    return '';
  }
}
