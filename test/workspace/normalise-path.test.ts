import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { normalisePath, normalisePrefix } from '../../src/workspace/normalise-path.ts';

test.each([
  ['notes.txt', 'notes.txt'],
  ['./a//b/./c', 'a/b/c'],
  ['.env', '.env'],
  ['a/...b', 'a/...b'],
  ['cafe\u0301.md', 'caf\u00e9.md'],
  ['می\u200cخواهم.txt', 'می\u200cخواهم.txt'],
  ['100% sure?.txt', '100% sure?.txt'],
])('%j is %j', (path, normal) => {
  expect(normalisePath(path)).toBe(normal);
});

test.each([
  ['', 'name a file'],
  ['.', 'name a file'],
  ['/etc/passwd', 'relative'],
  ['..', '".."'],
  ['a/../../b', '".."'],
  ['a/\u2025/b', '".."'],
  ['a/\uff0e\uff0e/b', '".."'],
  ['a/…/b', '".."'],
  ['..\\b', 'backslashes'],
  ['a\uff0fb', 'look like slashes'],
  ['a\uff3cb', 'look like slashes'],
  ['a/', 'end in a slash'],
  ['a\u0000b', 'control'],
  ['a\nb', 'control'],
  ['a\u202eb', 'control'],
  ['a\ufeffb', 'control'],
  ['a\ud800b', 'control'],
  ['a /b', 'white space'],
  [' ../b', 'white space'],
  ['x'.repeat(256), '255 bytes'],
  [`${'x'.repeat(250)}/`.repeat(5).slice(0, -1), '1024 bytes'],
])('%j is refused: it must … %s', (path, reason) => {
  expect(() => normalisePath(path)).toThrowError(
    expect.objectContaining({ code: 'invalid_path', message: expect.stringContaining(reason) }),
  );
});

const piece = fc.oneof(
  fc.constantFrom('..', '.', '/', '//', '\\', '\u0000', '\u2025', '\uff0e', '\uff0f', '%2e', ' ', '\u202e', '~', 'C:'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const wild = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** Null for what is refused; any other failure is one of the property. */
function normalised(path: string): string | null {
  try {
    return normalisePath(path);
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid_path') return null;
    throw error;
  }
}

test('whatever is accepted stays inside, in its one spelling', () => {
  let accepted = 0;
  fc.assert(
    fc.property(wild, (path) => {
      const normal = normalised(path);
      if (normal === null) return;
      accepted += 1;
      const url = new URL(normal.split('/').map(encodeURIComponent).join('/'), 'http://host/root/');
      expect(url.pathname.startsWith('/root/')).toBe(true);
      for (const name of normal.normalize('NFKC').split('/')) expect(['', '.', '..']).not.toContain(name);
      expect(normal).not.toMatch(/[\\\p{Cc}]/u);
      expect(normal.isWellFormed()).toBe(true);
      expect(new TextEncoder().encode(normal).length).toBeLessThanOrEqual(1024);
      expect(normalisePath(normal)).toBe(normal);
    }),
    { numRuns: 5000 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test('two spellings of one path are one path', () => {
  const name = fc.stringMatching(/^[a-zé]{1,8}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
      const other = names.map((part) => part.normalize('NFD')).join('/.//');
      expect(normalisePath(other)).toBe(names.join('/').normalize('NFC'));
    }),
  );
});

test.each([
  ['', ''],
  ['a', 'a'],
  ['./a/', 'a/'],
  ['a//b/', 'a/b/'],
])('the prefix %j is %j', (prefix, normal) => {
  expect(normalisePrefix(prefix)).toBe(normal);
});

test('a prefix reaches no further out than a path', () => {
  for (const prefix of ['/', '../', 'a/../', '\u0000'])
    expect(() => normalisePrefix(prefix)).toThrowError(expect.objectContaining({ code: 'invalid_path' }));
});
