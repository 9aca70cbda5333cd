import { AppError } from '../errors.ts';
import { bytesOf, contentOf, guessMediaType } from '../workspace/file-content.ts';
import { mediaTypeSchema } from '../workspace/file-fields.ts';
import { globPattern } from '../workspace/glob-pattern.ts';
import { normalisePath, normalisePrefix } from '../workspace/normalise-path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { AppContext } from './context.ts';
import {
  etagOf,
  expectedOf,
  fileBody,
  fileNotFound,
  listFilesQuery,
  pastBody,
  pathOf,
  readFileQuery,
} from './file-input.ts';
import { parseWith } from './parse-body.ts';

/** Nothing that a file holds may act as a page of ours: it is shown without scripts, and as what it says it is. */
const HARMLESS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  'x-content-type-options': 'nosniff',
  'cache-control': 'private, no-cache',
};

/** The bytes of a file, now or in an earlier version; with `?versions`, a list of the earlier ones. */
export async function readFile(c: AppContext): Promise<Response> {
  const path = pathOf(c);
  const { version, versions } = parseWith(readFileQuery, c.req.query(), 'query');
  const files = filesOf(c);
  if (versions !== undefined && versions !== 'false')
    return c.json({ versions: (await files.past(path)).map(pastBody) });
  const file = await files.read(path, version);
  if (!file) throw fileNotFound(path);
  const headers = { ...HARMLESS, etag: etagOf(file), 'last-modified': new Date(file.updatedAt).toUTCString() };
  if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers);
  return c.body(bytesOf(file.content).slice().buffer, 200, { ...headers, 'content-type': file.mediaType });
}

export async function writeFile(c: AppContext): Promise<Response> {
  const path = pathOf(c);
  const expected = expectedOf(c);
  const content = contentOf(new Uint8Array(await c.req.arrayBuffer()));
  const sent = c.req.header('content-type');
  const mediaType = sent ? parseWith(mediaTypeSchema, sent, 'header') : guessMediaType(path, content);
  const written = await filesOf(c).write(path, { content, mediaType, expected });
  return c.json(fileBody(written), written.created ? 201 : 200, { etag: etagOf(written) });
}

export async function removeFile(c: AppContext): Promise<Response> {
  const path = pathOf(c);
  if (!(await filesOf(c).remove(path, expectedOf(c)))) throw fileNotFound(path);
  return c.body(null, 204);
}

export async function listFiles(c: AppContext): Promise<Response> {
  const { prefix, glob, limit, cursor } = parseWith(listFilesQuery, c.req.query(), 'query');
  // One more than is shown tells whether there is another page.
  const found = await filesOf(c).list({
    prefix: normalisePrefix(prefix),
    pattern: glob === undefined ? null : globPattern(glob),
    limit: limit + 1,
    after: cursor === undefined ? null : normalisePath(cursor),
  });
  const page = found.slice(0, limit);
  return c.json({ files: page.map(fileBody), cursor: found.length > limit ? page.at(-1)?.path : null });
}

export function filesOf(c: AppContext): Workspace {
  const { files } = c.get('services');
  if (!files) throw new AppError('archive_unavailable', 'Files need a database, and this deployment has none.');
  return files(c.get('caller'));
}
