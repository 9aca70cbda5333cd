import { z } from 'zod';

/** A file of a workspace in one of its states; without a version, as it is. */
export interface FileReference {
  path: string;
  version: number | null;
}

const FILES = '/files/';
const versionSchema = z.coerce.number().int().min(1).nullable().catch(null);

/** Where our API has the file: what a stored message holds in place of its bytes, and a page can show. */
export function referenceUrl({ path, version }: FileReference): string {
  const address = FILES + path.split('/').map(encodeURIComponent).join('/');
  return version === null ? address : `${address}?version=${version}`;
}

/** Null for any other address. */
export function readReference(url: string): FileReference | null {
  if (!url.startsWith(FILES)) return null;
  const [address = '', query = ''] = url.split('?');
  try {
    const path = address.slice(FILES.length).split('/').map(decodeURIComponent).join('/');
    return { path, version: versionSchema.parse(new URLSearchParams(query).get('version')) };
  } catch {
    // A percent sign that encodes nothing.
    return null;
  }
}
