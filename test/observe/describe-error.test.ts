import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { describeError } from '../../src/observe/describe-error.ts';

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more });
}

test('our own errors and the platform speak, along the chain of causes', () => {
  const cause = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
  expect(describeError(new AppError('provider_error', 'The model provider failed.', { cause }))).toBe(
    'AppError provider_error 502: The model provider failed. <- TypeError: fetch failed <- Error: connect ECONNREFUSED',
  );
});

test.each([
  ['UpstashError', 'ERR wrong, command was: ["SET","my diary"]', {}, 'UpstashError'],
  ['SyntaxError', `Unexpected token 'm', "my diary" is not valid JSON`, {}, 'SyntaxError'],
  ['AI_APICallError', 'Content refused: my diary', { statusCode: 400 }, 'AI_APICallError 400'],
  ['AI_TypeValidationError', 'Type validation failed: Value: {"text":"my diary"}', {}, 'AI_TypeValidationError'],
  ['NeonDbError', 'invalid input syntax: "my diary"', { code: '22P02' }, 'NeonDbError 22P02'],
  ['Odd', 'x', { code: 'my diary of a very long day, all of it' }, 'Odd'],
])('a %s repeats what it was given, so only its name and code are told', (name, message, more, told) => {
  expect(describeError(named(name, message, more))).toBe(told);
});

test.each([
  'Incorrect API key provided: sk-proj-abcdef0123456789',
  'refused ew_abcdefghijklmnopqrstuvwxyz',
  'header was Bearer abc.def.ghi',
  'cannot reach postgres://user:hunter2@db.example/main',
  'GET https://api.example/v1?api_key=hunter2hunter2 failed',
  'token eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.x is expired',
])('%s: without the secret', (message) => {
  const told = describeError(new Error(message));
  expect(told).toContain('[secret]');
  expect(told).not.toMatch(/hunter2|abcdef|abc\.def|eyJ/);
});

test('what is no error is told by its kind alone', () => {
  expect(describeError('my diary')).toBe('string');
});
