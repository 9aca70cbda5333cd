import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LocalError } from '../local-error.ts';

const TAKEN = /\.(md|markdown|mdx|txt|html?|xhtml)$/i;

export interface FoundDocument {
  file: string;
  /** The path within the folder, with slashes on every system. */
  source: string;
}

/** The documents in a folder and those below it, by path. Hidden folders and `node_modules` are passed over. Throws LocalError. */
export function findDocuments(folder: string): { documents: FoundDocument[]; others: number } {
  const files = listFiles(folder).map((file) => ({ file, source: relative(folder, file).split(sep).join('/') }));
  const visible = files.filter(({ source }) => !/(^|\/)(\.|node_modules\/)/.test(source));
  const documents = visible.filter(({ source }) => TAKEN.test(source)).sort((a, b) => (a.source < b.source ? -1 : 1));
  return { documents, others: visible.length - documents.length };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    throw new LocalError(`The folder ${folder} cannot be read.`, { cause });
  }
}
