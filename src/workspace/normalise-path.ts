import { AppError } from '../errors.ts';
import { NAME_MAX_BYTES, PATH_MAX_BYTES } from './workspace-limits.ts';

/** Invisible and disorderly characters, but for the joiners (U+200C, U+200D) that Persian words and emoji are written with. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;

/**
 * The one spelling of a path in a workspace: relative, in NFC, without empty or `.` parts. Throws AppError `invalid_path` for anything that
 * reaches outside, looks as if it did, or cannot be told apart by eye.
 */
export function normalisePath(path: string): string {
  if (path.startsWith('/')) throw invalid('must be relative: leave out the slash at its beginning');
  if (path.includes('\\')) throw invalid('must be written with slashes, not backslashes');
  if (UNSEEN.test(path)) throw invalid('must not hold control characters or invisible ones');
  const parts = path.normalize('NFC').split('/');
  if (parts.at(-1) === '') throw invalid('must name a file, and not end in a slash');
  const names = parts.filter((part) => part !== '' && part !== '.');
  for (const name of names) checkName(name);
  const normal = names.join('/');
  if (normal === '') throw invalid('must name a file');
  if (bytesOf(normal) > PATH_MAX_BYTES) throw invalid(`must have at most ${PATH_MAX_BYTES} bytes`);
  return normal;
}

/** The beginning of paths, perhaps in the middle of a name. */
export function normalisePrefix(prefix: string): string {
  if (prefix === '') return '';
  if (!prefix.endsWith('/')) return normalisePath(prefix);
  return `${normalisePath(prefix.replace(/\/+$/, ''))}/`;
}

function checkName(name: string): void {
  // Letters of other widths and leaders look like dots and slashes: `．．`, `‥` and `／` are refused with what they stand for.
  const plain = name.normalize('NFKC');
  if (/^\.+$/.test(plain)) throw invalid('must not hold ".."');
  if (/[/\\]/.test(plain)) throw invalid('must not hold characters that look like slashes');
  if (name.trim() !== name) throw invalid('must not hold a name that begins or ends with white space');
  if (bytesOf(name) > NAME_MAX_BYTES) throw invalid(`must hold only names of at most ${NAME_MAX_BYTES} bytes`);
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

function invalid(problem: string): AppError {
  return new AppError('invalid_path', `The path ${problem}.`);
}
