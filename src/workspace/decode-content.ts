import { AppError } from '../errors.ts';
import { fromBase64 } from './base64.ts';
import { contentOf, textContent } from './file-content.ts';
import type { FileContent } from './workspace.ts';

/** The content of a file that was sent inside JSON. Throws AppError `validation_error` for base64 that is none. */
export function decodeContent(content: string, encoding: 'text' | 'base64'): FileContent {
  if (encoding === 'text') return textContent(content);
  const bytes = fromBase64(content);
  if (!bytes) throw new AppError('validation_error', 'Request validation failed: content: is not base64');
  return contentOf(bytes);
}
