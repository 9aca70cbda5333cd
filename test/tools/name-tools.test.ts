import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameTools } from '../../src/tools/name-tools.ts';

const origin = (server: string, tool: string, plain = false) => ({ server, tool, plain });

test('a tool has its server before its name, a plain one does not', () => {
  expect(nameTools([origin('docs', 'search'), origin('tasks', 'add_task', true)])).toEqual([
    'docs__search',
    'add_task',
  ]);
});

test('what a provider would refuse is replaced, and a name that is too long is cut and told apart by a hash', () => {
  const long = 'a'.repeat(80);
  const [spaced, cut, other] = nameTools([
    origin('docs', 'get.a page/ü'),
    origin('docs', long),
    origin('docs', `${long}b`),
  ]);
  expect(spaced).toBe('docs__get_a_page__');
  expect(cut).toMatch(/^docs__a{49}_[0-9a-f]{7}$/);
  expect(other).not.toBe(cut);
});

test('of two tools that want one name, the one that bears it keeps it', () => {
  const names = nameTools([origin('docs', 'a.b'), origin('docs', 'a_b')]);
  expect(names[1]).toBe('docs__a_b');
  expect(names[0]).toMatch(/^docs__a_b_[0-9a-f]{7}$/);
});

const origins = fc.uniqueArray(
  fc.record({
    server: fc.stringMatching(/^[a-z][a-z0-9_-]{0,70}$/),
    tool: fc.oneof(fc.string({ minLength: 1, maxLength: 130 }), fc.stringMatching(/^[a._]{1,4}$/)),
    plain: fc.constant(false),
  }),
  { selector: ({ server, tool }) => `${server}/${tool}` },
);

test('names are unique and fit every provider', () => {
  fc.assert(
    fc.property(origins, (tools) => {
      const names = nameTools(tools);
      expect(new Set(names).size).toBe(tools.length);
      for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_-]{0,62}$/);
    }),
  );
});
