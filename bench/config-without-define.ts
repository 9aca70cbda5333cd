import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

const SETTINGS = 'wrangler.toml';
/** A table of its own up to the next one, or an inline one. */
const DEFINE = /^\[define\]\n(?:(?!\[).*\n?)*|^define\s*=\s*\{[^}]*\}\n?/gm;

/**
 * Whether wrangler.toml replaces names in the bundle by `define`. That is how the in-memory streams are switched on, so without it
 * there is nothing to switch off.
 */
export function hasDefine(): boolean {
  return read() !== withoutDefine(read());
}

/** Writes wrangler.toml as it would be without its `define`, for builds only. */
export function writeConfigWithoutDefine(file: string): void {
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  // Paths in the settings start from the file that holds them, but for aliases, which start from where wrangler runs.
  const root = relative(folder, dirname(SETTINGS));
  const moved = withoutDefine(read()).replaceAll(/^((?:main|directory)\s*=\s*")/gm, `$1${root}/`);
  writeFileSync(file, moved);
}

function read(): string {
  return readFileSync(SETTINGS, 'utf8');
}

function withoutDefine(settings: string): string {
  return settings.replaceAll(DEFINE, '');
}
