import { AppError } from '../errors.ts';
import { contentOf, guessMediaType } from '../workspace/file-content.ts';
import { mediaTypeSchema } from '../workspace/file-fields.ts';
import { normalisePath, normalisePrefix } from '../workspace/normalise-path.ts';
import type { FileContent, Workspace, WrittenFile } from '../workspace/workspace.ts';
import { FILE_MAX_BYTES } from '../workspace/workspace-limits.ts';
import type { AppContext } from './context.ts';
import { fileBody } from './file-input.ts';
import { filesOf } from './files.ts';

/** Files of one form. */
const UPLOADS_MAX = 20;

interface Upload {
  path: string;
  content: FileContent;
  mediaType: string;
}

/** `POST /files/upload`: the files of a form (`multipart/form-data`), below its field `folder`. */
export async function uploadFiles(c: AppContext): Promise<Response> {
  const uploads = await readUploads(c);
  const written = await storeUploads(filesOf(c), uploads);
  return c.json({ files: written.map(fileBody) }, 201);
}

/** The files of the request's form, under the names that they were sent by. Throws AppErrors that name the file. */
export async function readUploads(c: AppContext): Promise<Upload[]> {
  const form = await readForm(c);
  const folder = form.get('folder');
  const below = typeof folder === 'string' && folder !== '' ? normalisePrefix(`${folder}/`) : '';
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  if (files.length < 1 || files.length > UPLOADS_MAX) {
    throw invalid(`file: send 1 to ${UPLOADS_MAX} files, not ${files.length}`);
  }
  return Promise.all(files.map((file) => readUpload(file, below)));
}

/** One after the other: all of them, or those up to the first that the workspace does not take. */
export async function storeUploads(files: Workspace, uploads: readonly Upload[]): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const { path, ...change } of uploads) written.push(await files.write(path, change));
  return written;
}

async function readUpload(file: File, below: string): Promise<Upload> {
  const path = normalisePath(below + file.name);
  if (file.size > FILE_MAX_BYTES) {
    throw new AppError('payload_too_large', `${path}: a file may have at most ${FILE_MAX_BYTES} bytes.`);
  }
  const content = contentOf(new Uint8Array(await file.arrayBuffer()));
  const stated = mediaTypeSchema.safeParse(file.type).data;
  const isVague = stated === undefined || stated === 'application/octet-stream';
  return { path, content, mediaType: isVague ? guessMediaType(path, content) : stated };
}

async function readForm(c: AppContext): Promise<FormData> {
  if (!/^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')) {
    throw new AppError('unsupported_media_type', 'Send the files as multipart/form-data.');
  }
  try {
    return await c.req.formData();
  } catch (cause) {
    throw new AppError('validation_error', 'Request validation failed: the form cannot be read.', { cause });
  }
}

const invalid = (problem: string) => new AppError('validation_error', `Request validation failed: ${problem}`);
