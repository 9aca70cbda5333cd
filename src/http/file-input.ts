import { z } from 'zod';
import { globSchema, querySchema, versionSchema } from '../workspace/file-fields.ts';
import { normalisePath } from '../workspace/normalise-path.ts';
import type { Expected, FileInfo, PastFile } from '../workspace/workspace.ts';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

const path = z.string();
const limit = z.coerce.number().int().min(1).max(1000);

export const readFileQuery = z.object({
  version: z.coerce.number().pipe(versionSchema).optional(),
  versions: z.enum(['', 'true', 'false']).optional(),
});
export const listFilesQuery = z.object({
  prefix: z.string().default(''),
  glob: globSchema.optional(),
  limit: limit.default(100),
  cursor: z.string().optional(),
});
export const searchFilesSchema = z.object({
  query: querySchema,
  glob: globSchema.optional(),
  case_sensitive: z.boolean().default(false),
  limit: limit.default(100),
});
export const moveFileSchema = z.object({ from: path, to: path });
export const restoreFileSchema = z.object({ path, version: versionSchema.optional() });
export const appendFileSchema = z.object({
  path,
  content: z.string(),
  encoding: z.enum(['text', 'base64']).default('text'),
});

/** The path in the address. */
export function pathOf(c: AppContext): string {
  return normalisePath(c.req.param('path') ?? '');
}

export function fileNotFound(path: string): AppError {
  return new AppError('file_not_found', `File \`${path}\` was not found`);
}

export function etagOf({ version }: Pick<FileInfo, 'version'>): string {
  return `"${version}"`;
}

/** What `If-Match` and `If-None-Match` ask for. Throws AppError `validation_error` for other forms than one tag of ours or `*`. */
export function expectedOf(c: AppContext): Expected | undefined {
  const [match, noneMatch] = [c.req.header('if-match'), c.req.header('if-none-match')];
  if (noneMatch !== undefined && (noneMatch !== '*' || match !== undefined)) throw invalid('if-none-match: must be *');
  if (noneMatch === '*') return 'nothing';
  if (match === undefined) return undefined;
  if (match === '*') return 'any';
  const version = /^"(\d{1,15})"$/.exec(match)?.[1];
  if (version === undefined) throw invalid('if-match: must be one ETag of this file');
  return { version: Number(version) };
}

const invalid = (problem: string) => new AppError('validation_error', `Request validation failed: ${problem}`);

/** A file as our own API shows it. */
export function fileBody({ path, version, sizeBytes, mediaType, updatedAt }: FileInfo) {
  return { path, version, size_bytes: sizeBytes, media_type: mediaType, updated_at: updatedAt };
}

export function pastBody(past: PastFile) {
  return { ...fileBody(past), retired_at: past.retiredAt };
}
