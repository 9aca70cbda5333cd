import { decodeContent } from '../workspace/decode-content.ts';
import { guessMediaType } from '../workspace/file-content.ts';
import { globPattern } from '../workspace/glob-pattern.ts';
import { normalisePath } from '../workspace/normalise-path.ts';
import type { AppContext } from './context.ts';
import {
  appendFileSchema,
  etagOf,
  fileBody,
  fileNotFound,
  moveFileSchema,
  restoreFileSchema,
  searchFilesSchema,
} from './file-input.ts';
import { filesOf } from './files.ts';
import { parseBody } from './parse-body.ts';

export async function searchFiles(c: AppContext): Promise<Response> {
  const { query, glob, case_sensitive, limit } = await parseBody(c, searchFilesSchema);
  const pattern = glob === undefined ? null : globPattern(glob);
  const found = await filesOf(c).search({ query, pattern, caseSensitive: case_sensitive, limit: limit + 1 });
  return c.json({ matches: found.slice(0, limit), truncated: found.length > limit });
}

export async function appendFile(c: AppContext): Promise<Response> {
  const body = await parseBody(c, appendFileSchema);
  const path = normalisePath(body.path);
  const content = decodeContent(body.content, body.encoding);
  const written = await filesOf(c).append(path, { content, mediaType: guessMediaType(path, content) });
  return c.json(fileBody(written), written.created ? 201 : 200, { etag: etagOf(written) });
}

export async function moveFile(c: AppContext): Promise<Response> {
  const body = await parseBody(c, moveFileSchema);
  const from = normalisePath(body.from);
  const moved = await filesOf(c).move(from, normalisePath(body.to));
  if (!moved) throw fileNotFound(from);
  return c.json(fileBody(moved));
}

export async function restoreFile(c: AppContext): Promise<Response> {
  const body = await parseBody(c, restoreFileSchema);
  const written = await filesOf(c).restore(normalisePath(body.path), body.version);
  return c.json(fileBody(written), 200, { etag: etagOf(written) });
}
