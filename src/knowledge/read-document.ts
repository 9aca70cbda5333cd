import { AppError } from '../errors.ts';
import type { ReadDocument } from './block.ts';
import { readHtml } from './htmlparser2.ts';
import { readMarkdown } from './read-markdown.ts';
import { readPlainText } from './read-plain-text.ts';

const READERS: Record<string, (text: string) => ReadDocument> = {
  'text/markdown': readMarkdown,
  'text/x-markdown': readMarkdown,
  'text/plain': readPlainText,
  'text/html': readHtml,
  'application/xhtml+xml': readHtml,
};
const ENDINGS: [ending: RegExp, mediaType: string][] = [
  [/\.(md|markdown|mdx)$/i, 'text/markdown'],
  [/\.x?html?$/i, 'text/html'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.docx?$/i, 'application/msword'],
];

/** The type that was sent, without parameters, or the one that the source's ending tells; plain text otherwise. */
export function mediaTypeOf(source: string, sent: string | null | undefined): string {
  const given = sent?.split(';')[0]?.trim().toLowerCase();
  if (given && given !== 'application/octet-stream') return given;
  const path = source.replace(/[?#].*$/, '');
  return ENDINGS.find(([ending]) => ending.test(path))?.[1] ?? 'text/plain';
}

/** Throws AppError `unsupported_media_type` that says which kinds there are. */
export function readDocument(mediaType: string, text: string): ReadDocument {
  const read = READERS[mediaType];
  if (!read) {
    const message = `media_type: documents are taken as text/markdown, text/plain or text/html, not as ${mediaType}.`;
    throw new AppError('unsupported_media_type', message);
  }
  return read(text);
}
