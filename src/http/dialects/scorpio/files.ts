import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { contentOf, guessMediaType } from '../../../workspace/file-content.ts';
import { normalisePath } from '../../../workspace/normalise-path.ts';
import { sliceLines } from '../../../workspace/slice-lines.ts';
import type { AppContext } from '../../context.ts';
import { fileNotFound } from '../../file-input.ts';
import { filesOf } from '../../files.ts';
import { parseBody } from '../../parse-body.ts';
import { readUploads, storeUploads } from '../../upload-files.ts';
import { namedSession } from './named-session.ts';
import { succeed } from './succeed.ts';

/** Clients of seed 003 give paths of a host: its root is the caller's workspace. */
export const fileField = z.string().min(1);
const line = z.number().int().min(0);

export const readFileSchema = z.object({ file: fileField, start_line: line.default(0), end_line: line.nullish() });
export const writeFileSchema = z.object({ file: fileField, content: z.string(), append: z.boolean().default(false) });

/** Lines count from 0, and the last one is not shown. */
export async function readFile(c: AppContext): Promise<Response> {
  namedSession(c);
  const { file, start_line, end_line } = await parseBody(c, readFileSchema);
  const text = await readText(c, pathIn(file));
  const { text: content, totalLines } = sliceLines(text, start_line + 1, end_line ?? Infinity, Infinity);
  return succeed(c, { content, line_count: totalLines, file });
}

export async function writeFile(c: AppContext): Promise<Response> {
  namedSession(c);
  const { file, content: text, append } = await parseBody(c, writeFileSchema);
  const bytes = new TextEncoder().encode(text);
  const path = pathIn(file);
  const content = contentOf(bytes);
  const change = { content, mediaType: guessMediaType(path, content) };
  const files = filesOf(c);
  await (append ? files.append(path, change) : files.write(path, change));
  return succeed(c, { file, bytes_written: bytes.length });
}

/** A form with one `file`, which is stored under its own name. */
export async function uploadFile(c: AppContext): Promise<Response> {
  const [file] = await storeUploads(filesOf(c), await readUploads(c));
  return succeed(c, { file: file?.path, filename: file?.path, size: file?.sizeBytes });
}

export function pathIn(file: string): string {
  return normalisePath(file.replace(/^\/+/, ''));
}

/** Throws AppError `file_not_found`, or `validation_error` for a file that is no text. */
export async function readText(c: AppContext, path: string): Promise<string> {
  const found = await filesOf(c).read(path);
  if (!found) throw fileNotFound(path);
  if (found.content.kind === 'text') return found.content.text;
  throw new AppError('validation_error', 'Request validation failed: file: is not a text file');
}
