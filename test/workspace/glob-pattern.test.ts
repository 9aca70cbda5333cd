import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { globPattern } from '../../src/workspace/glob-pattern.ts';

const matches = (glob: string, path: string) => new RegExp(globPattern(glob)).test(path);

test.each([
  ['*.md', 'a.md', true],
  ['*.md', 'deep/er/a.md', true],
  ['*.md', 'a.mdx', false],
  ['src/*.ts', 'src/a.ts', true],
  ['src/*.ts', 'src/b/a.ts', false],
  ['src/**/*.ts', 'src/a.ts', true],
  ['src/**/*.ts', 'src/b/c/a.ts', true],
  ['src/**', 'src/b/c', true],
  ['src/**', 'srcs/b', false],
  ['**/a', 'a', true],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['a.c', 'abc', false],
  ['[ab]', 'a', false],
  ['[ab]', '[ab]', true],
  ['***', 'a/b', true],
])('%s and %s: %j', (glob, path, match) => {
  expect(matches(glob, path)).toBe(match);
});

test('a path without stars and question marks is a glob that means itself alone', () => {
  const path = fc
    .array(fc.stringMatching(/^[ -)+.0->@-~]{1,6}$/), { minLength: 2, maxLength: 4 })
    .map((p) => p.join('/'));
  fc.assert(
    fc.property(path, path, (path, other) => {
      expect(matches(path, path)).toBe(true);
      expect(matches(path, other)).toBe(path === other);
    }),
  );
});
