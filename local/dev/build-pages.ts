import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCE = join('src', 'pages');
const BUILT = join('dist', 'pages');
const CONFIG = 'vite.config.ts';

/** Builds the pages when they are missing or older than their source. True when it had to. */
export async function buildPages(): Promise<boolean> {
  // wrangler does not start without the folder, even an empty one.
  mkdirSync(BUILT, { recursive: true });
  const sourceTime = newest(SOURCE);
  if (!existsSync(CONFIG) || sourceTime === 0) return false;
  if (oldest(BUILT) > Math.max(sourceTime, statSync(CONFIG).mtimeMs)) return false;

  const { build } = await import('vite');
  await build({ configFile: CONFIG, logLevel: 'warn' });
  return true;
}

/** 0 when there is no file. */
function newest(folder: string): number {
  return Math.max(0, ...fileTimes(folder));
}

/** 0 when there is no file. */
function oldest(folder: string): number {
  const times = fileTimes(folder);
  return times.length === 0 ? 0 : Math.min(...times);
}

function fileTimes(folder: string): number[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
}
