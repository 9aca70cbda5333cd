import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

export interface BundleSize {
  rawBytes: number;
  gzipBytes: number;
}

/** What would be uploaded from a folder that `buildWorker` has written. */
export async function measureBundle(folder: string): Promise<BundleSize> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js') || name.endsWith('.wasm'));
  const contents = await Promise.all(files.map((name) => readFile(`${folder}/${name}`)));
  return {
    rawBytes: contents.reduce((sum, content) => sum + content.length, 0),
    gzipBytes: contents.reduce((sum, content) => sum + gzipSync(content).length, 0),
  };
}
