import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import { z } from 'zod';

/**
 * The files of an empty database. Making them takes seconds and loading them a third of one, so they are kept under
 * node_modules, per version of PGlite.
 */
export async function loadPgliteTemplate(): Promise<Blob> {
  const folder = new URL('../../node_modules/.cache/edgewise/', import.meta.url);
  const file = new URL(`pglite-${await pgliteVersion()}.tar`, folder);
  try {
    return new Blob([await readFile(file)]);
  } catch {
    const template = await makeTemplate();
    await keep(template, folder, file);
    return template;
  }
}

async function pgliteVersion(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'));
  return z.object({ version: z.string() }).parse(JSON.parse(await readFile(manifest, 'utf8'))).version;
}

async function makeTemplate(): Promise<Blob> {
  const database = await PGlite.create();
  try {
    return await database.dumpDataDir('none');
  } finally {
    await database.close();
  }
}

async function keep(template: Blob, folder: URL, file: URL): Promise<void> {
  const draft = new URL(`${crypto.randomUUID()}.tmp`, folder);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, template.stream());
    // Other processes may be making the same file: each writes its own, and the whole file appears at once.
    await rename(draft, file);
  } catch {
    // A folder that cannot be written costs only the time that the template would have saved.
  }
}
