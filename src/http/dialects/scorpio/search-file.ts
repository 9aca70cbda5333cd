import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../context.ts';
import { parseBody } from '../../parse-body.ts';
import { fileField, pathIn, readText } from './files.ts';
import { namedSession } from './named-session.ts';
import { succeed } from './succeed.ts';

const REGEX_MAX_CHARACTERS = 1000;
/** What the sandbox may print is the limit. */
const FOUND_MAX_CHARACTERS = 30_000;
const LINE_MAX_CHARACTERS = 2000;

export const searchFileSchema = z.object({
  file: fileField,
  regex: z.string().min(1).max(REGEX_MAX_CHARACTERS).refine(isRegex, 'is not a regular expression'),
});

const printed = z.object({
  matches: z.array(z.object({ line_number: z.number(), line: z.string(), match: z.string() })),
  truncated: z.boolean(),
});

/**
 * The lines of one file that a regular expression of the client's finds. It runs in the sandbox for code: there it may take as long as it
 * likes without holding anybody up, and is cut off.
 */
export async function searchFile(c: AppContext): Promise<Response> {
  namedSession(c);
  const { file, regex } = await parseBody(c, searchFileSchema);
  const path = pathIn(file);
  await readText(c, path);
  const { code } = c.get('services');
  if (!code) throw new AppError('archive_unavailable', 'Files need a database, and this deployment has none.');
  const run = await code(c.get('caller')).interpret(searchSource(path, regex), null);
  if (run.error?.isCutOff) {
    throw new AppError('validation_error', 'Request validation failed: regex: takes too long on this file');
  }
  if (run.error) throw new Error(`The search failed: ${run.error.name}: ${run.error.message}`);
  return succeed(c, { file, ...printed.parse(JSON.parse(run.stdout)) });
}

function searchSource(path: string, regex: string): string {
  return `const text = await files.read(${JSON.stringify(path)});
const regex = new RegExp(${JSON.stringify(regex)});
const matches = [];
let room = ${FOUND_MAX_CHARACTERS};
for (const [index, line] of text.split(/\\r?\\n/).entries()) {
  const found = regex.exec(line);
  if (!found) continue;
  const cut = (said) => said.slice(0, ${LINE_MAX_CHARACTERS});
  const match = { line_number: index + 1, line: cut(line), match: cut(found[0]) };
  room -= JSON.stringify(match).length + 1;
  if (room < 0) break;
  matches.push(match);
}
console.log(JSON.stringify({ matches, truncated: room < 0 }));`;
}

function isRegex(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}
