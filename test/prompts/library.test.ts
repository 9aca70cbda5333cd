import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readPromptSets } from '../../local/prompts/read-prompt-sets.ts';
import { bundledPrompts } from '../../src/prompts/bundled-prompts.ts';
import { choosePromptSet } from '../../src/prompts/choose-prompt-set.ts';
import { configuredPrompts } from '../../src/prompts/configured-prompts.ts';
import type { PromptSet } from '../../src/prompts/prompt-library.ts';

const BASELINE = { 'baseline/starting.md': 'Start.', 'baseline/summary.md': 'Sum up.' };

function folder(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), 'prompts-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}

test('every set in the folder is valid, and bundled as it stands: npm run prompts', () => {
  expect(readPromptSets('prompts')).toEqual(bundledPrompts);
});

test.each([
  [{ 'other/starting.md': 'x' }, /must hold baseline/],
  [{ ...BASELINE, 'baseline/notes.txt': 'x' }, /notes\.txt is none of/],
  [{ ...BASELINE, 'Big One/starting.md': 'x' }, /Big One: name must be of small letters/],
  [
    { ...BASELINE, 'one/examples.jsonl': '{"user":"a","assistant":"b"}\n{"user":"a"' },
    /examples\.jsonl, line 2 is no JSON/,
  ],
  [{ ...BASELINE, 'one/examples.jsonl': '{"user":"a"}' }, /examples\.jsonl, line 1: assistant/],
  [{ ...BASELINE, 'one/starting.md': ' ' }, /one: starting/],
])('a folder that is not right is refused with the place: %j', (files, message) => {
  expect(() => readPromptSets(folder(files))).toThrow(message);
});

const set = (name: string, more: Partial<PromptSet> = {}): PromptSet => ({ name, examples: [], ...more });
const SETS = [
  set('baseline', { starting: 'base', summary: 'sum', examples: [{ user: 'u', assistant: 'a' }] }),
  set('gpt-5', { starting: 'five' }),
  set('gpt-5-mini', { summary: 'small sum' }),
  set('anthropic', { starting: 'claude' }),
];

test.each([
  ['openai/gpt-5', 'gpt-5', 'five', 'sum'],
  ['openai/gpt-5-mini-2026', 'gpt-5-mini', 'base', 'small sum'],
  ['openrouter/openai/gpt-5', 'gpt-5', 'five', 'sum'],
  ['anthropic/claude-haiku-4-5', 'anthropic', 'claude', 'sum'],
  ['google/gemini-2.5-flash', 'baseline', 'base', 'sum'],
])('the set of %s is %s, and the baseline lends what it lacks', (model, name, starting, summary) => {
  expect(choosePromptSet(SETS, null, model)).toMatchObject({ name, starting, summary });
});

test('examples are not lent, a name goes before the model, and what is not there is not chosen', () => {
  expect(choosePromptSet(SETS, null, 'openai/gpt-5')?.examples).toEqual([]);
  expect(choosePromptSet(SETS, 'anthropic', 'openai/gpt-5')?.name).toBe('anthropic');
  expect(choosePromptSet(SETS, 'nothing', 'openai/gpt-5')).toBeUndefined();
});

test('PROMPT_SET gives sessions that name no set one: the one it names, or that of the model', () => {
  const chosen = (setting: string | undefined, name: string | null) =>
    configuredPrompts(SETS, setting)(name, 'openai/gpt-5')?.name;
  expect([chosen(undefined, null), chosen('auto', null), chosen('anthropic', null)]).toEqual([
    undefined,
    'gpt-5',
    'anthropic',
  ]);
  expect(chosen(undefined, 'baseline')).toBe('baseline');
  expect(() => configuredPrompts(SETS, 'none')).toThrow(/PROMPT_SET names "none"/);
});
