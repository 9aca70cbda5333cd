import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ENV_NAMES, parseEnv } from '../src/env.ts';
import { Secret } from '../src/secret.ts';

const VALUE = 'opens-0123456789-0123456789-0123456789-0123';
const hidden = new Secret(VALUE);

test.each([
  ['a template', `it is ${String(hidden)}`],
  ['an addition', 'it is ' + hidden],
  ['JSON', JSON.stringify({ hidden, list: [hidden] })],
  ['a console', inspect({ hidden }, { depth: 5, showHidden: true })],
  ['a copy', JSON.stringify(Object.assign({}, hidden))],
  ['its fields', JSON.stringify(Object.entries(hidden))],
  ['a message', new Error('failed', { cause: hidden }).message + inspect(new Error('failed', { cause: hidden }))],
])('%s does not show a secret', (_, shown) => {
  expect(shown).not.toContain(VALUE);
});

test('whoever asks for it gets it', () => {
  expect(hidden.reveal()).toBe(VALUE);
});

test('whatever in the environment opens a door is hidden from the moment it is read', () => {
  const sealing = Buffer.alloc(32, 7).toString('base64');
  const opens = ENV_NAMES.filter((name) => /(_KEY|_KEYS|_TOKEN|_SECRET|_SERVERS|_HEADERS|DATABASE_URL)$/.test(name));
  expect(opens.length).toBeGreaterThan(10);
  const values = Object.fromEntries(opens.map((name) => [name, name === 'SEALING_KEYS' ? sealing : VALUE]));
  const env = parseEnv({ ...values, UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' });
  const read = new Map<string, unknown>(Object.entries(env));
  for (const name of opens) expect([read.get(name)].flat()[0], name).toBeInstanceOf(Secret);
  expect(JSON.stringify(env)).not.toContain(VALUE);
});
