import type { FileContent } from './workspace.ts';

/** Text where the bytes are text, bytes otherwise. */
export function contentOf(bytes: Uint8Array): FileContent {
  if (bytes.includes(0)) return { kind: 'bytes', bytes };
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: 'text', text };
  } catch {
    // Not UTF-8: kept as it is.
    return { kind: 'bytes', bytes };
  }
}

/** What a client sent as JSON: lone surrogates become U+FFFD, as in any UTF-8. */
export function textContent(text: string): FileContent {
  return contentOf(new TextEncoder().encode(text));
}

export function bytesOf(content: FileContent): Uint8Array {
  return content.kind === 'bytes' ? content.bytes : new TextEncoder().encode(content.text);
}

const MEDIA_TYPES: Record<string, string> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** What a file is taken for when nobody says. */
export function guessMediaType(path: string, content: FileContent): string {
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const known = Object.hasOwn(MEDIA_TYPES, ending) ? MEDIA_TYPES[ending] : undefined;
  return known ?? (content.kind === 'text' ? 'text/plain' : 'application/octet-stream');
}
