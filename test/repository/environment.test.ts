import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ENV_NAMES, parseEnv } from '../../src/env.ts';

const example = readFileSync('.dev.vars.example', 'utf8');
const readme = readFileSync('README.md', 'utf8');
const assignments = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)];

test('.dev.vars.example names every variable of the schema once, and no other', () => {
  expect(assignments.map(([, name]) => name).sort()).toEqual([...ENV_NAMES].sort());
});

test('.dev.vars.example works as it stands', () => {
  const values = Object.fromEntries(assignments.map(([, name, value]) => [name, value]));
  expect(() => parseEnv(values)).not.toThrow();
});

test('the values in .dev.vars.example are the defaults where there is a default', () => {
  const required = { UPSTASH_REDIS_REST_URL: 'http://x', UPSTASH_REDIS_REST_TOKEN: 'x', DATABASE_URL: 'x' };
  const local = /^(ENVIRONMENT|UPSTASH_|DATABASE_URL|NEON_|COMPATIBLE_)/;
  const shown = Object.fromEntries(
    assignments.map(([, name = '', value]) => [name, value]).filter(([name]) => !local.test(name ?? '')),
  );
  expect(parseEnv({ ...required, ...shown })).toEqual(parseEnv(required));
});

test("the README's table names every variable of the schema, and no other", () => {
  const table = [...readme.matchAll(/^\| `([A-Z][A-Z0-9_]*)`/gm)].map(([, name]) => name);
  expect(table.sort()).toEqual([...ENV_NAMES].sort());
});

test('a wrong value is refused with a sentence that names the variable and hides its value', () => {
  const wrong = {
    UPSTASH_REDIS_REST_URL: 'not-an-address',
    UPSTASH_REDIS_REST_TOKEN: 'x',
    DATABASE_URL: 'x',
    RATE_RPS: 'secret',
  };
  expect(() => parseEnv(wrong)).toThrow(/UPSTASH_REDIS_REST_URL: .*; RATE_RPS: /);
  expect(() => parseEnv(wrong)).not.toThrow(/secret/);
});
