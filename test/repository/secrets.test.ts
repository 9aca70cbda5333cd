import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The forms of real credentials. Examples in tests are shorter, or say by their words that they are none. */
const FORMS: Record<string, RegExp> = {
  'a key of OpenAI or Anthropic': /\bsk-(proj-|ant-|or-)?[A-Za-z0-9]{2}[A-Za-z0-9_-]{38,}/,
  'a key of Google': /\bAIza[0-9A-Za-z_-]{35}\b/,
  'a token of GitHub': /\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{60,})\b/,
  'a key of AWS': /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  'a token of Slack': /\bxox[abprs]-[0-9A-Za-z-]{20,}/,
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*(\\n)?[A-Za-z0-9+/]{40}/,
  'an API key of ours': /\bew_[A-Za-z0-9_-]{43}\b/,
  'a database with its password':
    /\bpostgres(ql)?:\/\/[^\s:@/]+:[^\s:@/]{8,}@(?!127\.|localhost|db\.example)[^\s/]+\.(neon\.tech|com|net|io)\b/,
  'an address of Upstash': /https:\/\/[a-z]+-[a-z]+-\d{4,6}\.upstash\.io/,
};

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0').filter(Boolean);
const texts = tracked.filter((path) => !/\.(png|wasm|ico|woff2?|gif|jpg)$/.test(path));

test.each(Object.entries(FORMS))('no file of the repository holds %s', (_, form) => {
  const found = texts.filter((path) => form.test(readFileSync(path, 'utf8')));
  expect(found).toEqual([]);
});

test('the forms recognise what they are for', () => {
  const letters = 'aB3'.repeat(20);
  const examples = [
    `sk-proj-${letters}`,
    `AIza${letters.slice(0, 35)}`,
    `ghp_${letters.slice(0, 36)}`,
    `AKIA${'A1B2'.repeat(4)}`,
    `xoxb-${letters}`,
    ['-----BEGIN PRIVATE', `KEY-----\n${letters}`].join(' '),
    `ew_${letters.slice(0, 43)}`,
    ['postgres://user', `${letters}@ep-name.eu-central-1.aws.neon.tech/main`].join(':'),
    ['https://funny-name-12345', 'upstash.io'].join('.'),
  ];
  expect(Object.values(FORMS).map((form, index) => form.test(examples[index] ?? ''))).toEqual(examples.map(() => true));
});

test("files that hold secrets on a developer's machine are kept out", () => {
  expect(readFileSync('.gitignore', 'utf8')).toMatch(/^\.dev\.vars$/m);
  expect(tracked.filter((path) => /(^|\/)\.(env|dev\.vars)$/.test(path))).toEqual([]);
});
