import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  exampleSchema,
  promptSetSchema,
  promptSetsSchema,
  type Example,
  type PromptSet,
} from '../../src/prompts/prompt-library.ts';
import { LocalError } from '../local-error.ts';

const FILES = ['starting.md', 'summary.md', 'examples.jsonl'];

/** Reads a folder of prompt sets, each a folder of its own. Throws LocalError with a sentence that names the file, and the line of an example. */
export function readPromptSets(folder: string): PromptSet[] {
  const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const sets = names.sort().map((name) => readSet(join(folder, name), name));
  const result = promptSetsSchema.safeParse(sets);
  if (!result.success) throw new LocalError(`${folder}: ${result.error.issues[0]?.message}`);
  return result.data;
}

function readSet(folder: string, name: string): PromptSet {
  const foreign = readdirSync(folder).find((file) => !FILES.includes(file));
  if (foreign !== undefined) throw new LocalError(`${join(folder, foreign)} is none of ${FILES.join(', ')}.`);
  const text = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : undefined;
  const [starting, summary] = [text('starting.md'), text('summary.md')];
  const lines = text('examples.jsonl')?.split('\n') ?? [];
  const result = promptSetSchema.safeParse({
    name,
    ...(starting !== undefined && { starting }),
    ...(summary !== undefined && { summary }),
    examples: lines.map((line, index) => readExample(line, `${join(folder, 'examples.jsonl')}, line ${index + 1}`)),
  });
  const issue = result.error?.issues[0];
  if (!result.data) throw new LocalError(`${folder}: ${issue?.path.join('.')} ${issue?.message}`);
  return result.data;
}

function readExample(line: string, place: string): Example {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new LocalError(`${place} is no JSON.`);
  }
  const result = exampleSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new LocalError(`${place}: ${issue?.path.join('.')} ${issue?.message}`);
}
