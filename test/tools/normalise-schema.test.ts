import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseSchema } from '../../src/tools/normalise-schema.ts';

test('a schema without a type, or none at all, is an object', () => {
  expect(normaliseSchema({ properties: { a: { type: 'string' } } })).toEqual({
    type: 'object',
    properties: { a: { type: 'string' } },
  });
  expect(normaliseSchema(undefined)).toEqual({ type: 'object' });
});

test('a root that is no object makes the tool unusable', () => {
  expect(normaliseSchema({ type: 'array' })).toBeNull();
});

test('local references are resolved in place, with what stands beside them', () => {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://example.com/x',
    type: 'object',
    properties: { at: { $ref: '#/$defs/a~1b', description: 'Here' }, list: { items: { $ref: '#/definitions/p%20q' } } },
    $defs: { 'a/b': { type: 'object', properties: { x: { type: 'number' } } } },
    definitions: { 'p q': { enum: [{ $ref: 'data' }] } },
  };
  expect(normaliseSchema(schema)).toEqual({
    type: 'object',
    properties: {
      at: { type: 'object', properties: { x: { type: 'number' } }, description: 'Here' },
      list: { items: { enum: [{ $ref: 'data' }] } },
    },
  });
});

test('a reference that leads back to itself ends in any object', () => {
  const node = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/node' } } } };
  expect(normaliseSchema({ type: 'object', properties: { root: { $ref: '#/$defs/node' } }, $defs: { node } })).toEqual({
    type: 'object',
    properties: {
      root: { type: 'object', properties: { children: { type: 'array', items: { type: 'object' } } } },
    },
  });
  expect(normaliseSchema({ type: 'object', properties: { me: { $ref: '#' } } })).toEqual({
    type: 'object',
    properties: { me: { type: 'object' } },
  });
});

test('properties that are called like keywords stay', () => {
  const properties = { $ref: { type: 'string' }, $id: { type: 'string' }, definitions: { type: 'string' } };
  expect(normaliseSchema({ type: 'object', properties })).toEqual({ type: 'object', properties });
});

const nested = (depth: number): unknown =>
  depth === 0 ? { type: 'string' } : { type: 'object', properties: { a: nested(depth - 1) } };
/** Each step doubles what the one before it stands for. */
const doubling = {
  type: 'object',
  properties: { a: { $ref: '#/$defs/d0' } },
  $defs: Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => {
      const next = { $ref: `#/$defs/d${i + 1}` };
      return [`d${i}`, { anyOf: Array.from({ length: 8 }, () => next) }];
    }).concat([['d9', { anyOf: [] }]]),
  ),
};

test.each([
  ['fetches something', { type: 'object', properties: { a: { $ref: 'https://example.com/schema' } } }],
  ['leads nowhere', { type: 'object', properties: { a: { $ref: '#/$defs/none' } } }],
  ['reaches for what no schema has', { type: 'object', properties: { a: { $ref: '#/constructor' } } }],
  ['is too deep', nested(11)],
  ['is too large', { type: 'object', description: 'x'.repeat(33_000) }],
  ['grows without bound', doubling],
  ['has a broken pointer', { type: 'object', properties: { a: { $ref: '#/%' } } }],
])('a schema that %s makes the tool unusable', (_what, schema) => {
  expect(normaliseSchema(schema)).toBeNull();
});

test('nothing that a server sends makes it throw, and what it made once it leaves alone', () => {
  const key = fc.constantFrom('type', 'properties', '$ref', '$defs', 'items', 'anyOf', 'a');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom('object', 'string', '#', '#/$defs/a', '#/properties/a', null, 1, true),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (schema) => {
      const normal = normaliseSchema(schema);
      expect(normal && normaliseSchema(normal)).toEqual(normal);
    }),
  );
});
