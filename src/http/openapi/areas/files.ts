import { z } from 'zod';
import {
  appendFileSchema,
  type fileBody,
  listFilesQuery,
  moveFileSchema,
  type pastBody,
  readFileQuery,
  restoreFileSchema,
  searchFilesSchema,
} from '../../file-input.ts';
import type { Area } from '../area.ts';

const fileFields = z.object({
  path: z.string(),
  version: z.int().describe('A number that no other state of any file has; the `ETag` without its quotes.'),
  size_bytes: z.int(),
  media_type: z.string(),
  updated_at: z.iso.datetime(),
}) satisfies z.ZodType<ReturnType<typeof fileBody>>;
const fileSchema = fileFields.meta({ id: 'File' });
const pastSchema = fileFields.extend({ retired_at: z.iso.datetime() }).meta({ id: 'PastFile' }) satisfies z.ZodType<
  ReturnType<typeof pastBody>
>;

const path = { path: 'The path of the file, slashes and all.' };
const file = { description: 'The file.', schema: fileSchema };
const writing = ['invalid_path', 'workspace_full', 'payload_too_large', 'archive_unavailable'] as const;
const conditions = {
  'If-Match': 'Only over this version.',
  'If-None-Match': '`*`: only where there is no file.',
};

export const files: Area = {
  name: 'Files',
  description:
    "The caller's workspace. A file may have 4 MiB, a caller 50 MiB in 2,000 files; the last 10 versions of a file are kept.",
  operations: {
    'GET /files': {
      id: 'listFiles',
      summary: 'List files by path',
      query: listFilesQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({ files: z.array(fileSchema), cursor: z.string().nullable() }),
        },
      },
      errors: ['invalid_path', 'archive_unavailable'],
    },
    'GET /files/{path}': {
      id: 'readFile',
      summary: 'Read a file, now or in an earlier version; or list its versions',
      path,
      query: readFileQuery,
      headers: { 'If-None-Match': 'The `ETag` that the client has.' },
      answers: {
        200: {
          description: 'The bytes, with their type and an `ETag`; with `versions` the list of earlier states.',
          schema: z.object({ versions: z.array(pastSchema) }),
          types: ['application/octet-stream', 'text/plain'],
        },
        304: { description: 'The client has it already.' },
      },
      errors: ['invalid_path', 'file_not_found', 'archive_unavailable'],
    },
    'PUT /files/{path}': {
      id: 'writeFile',
      summary: 'Write a file',
      path,
      headers: conditions,
      body: { types: ['text/plain', 'application/octet-stream'], example: 'Milk, bread, tea.\n' },
      answers: { 200: { description: 'Written over an earlier one.', schema: fileSchema }, 201: file },
      errors: [...writing, 'file_changed', 'file_exists'],
    },
    'DELETE /files/{path}': {
      id: 'deleteFile',
      summary: 'Delete a file; `restore` takes that back',
      path,
      headers: conditions,
      answers: { 204: { description: 'It is gone.' } },
      errors: ['invalid_path', 'file_not_found', 'file_changed', 'archive_unavailable'],
    },
    'POST /files/upload': {
      id: 'uploadFiles',
      summary: 'Write the files of a form, below its field `folder`',
      body: {
        types: ['multipart/form-data; boundary=example'],
        example:
          '--example\r\nContent-Disposition: form-data; name="file"; filename="tea.txt"\r\nContent-Type: text/plain\r\n\r\nGreen tea.\r\n--example--\r\n',
      },
      answers: {
        201: { description: 'The files.', schema: z.object({ files: z.array(fileSchema) }) },
      },
      errors: [...writing, 'validation_error', 'unsupported_media_type'],
    },
    'POST /files/search': {
      id: 'searchFiles',
      summary: 'Find lines that hold a text',
      body: { schema: searchFilesSchema, example: { query: 'milk', glob: '**/*.txt' } },
      answers: {
        200: {
          description: 'The lines, by path and number.',
          schema: z.object({
            matches: z.array(z.object({ path: z.string(), line: z.int(), text: z.string() })),
            truncated: z.boolean(),
          }),
        },
      },
      errors: ['archive_unavailable'],
    },
    'POST /files/append': {
      id: 'appendFile',
      summary: 'Add to the end of a file, or make it',
      body: { schema: appendFileSchema, example: { path: 'notes/log.txt', content: 'One more line.\n' } },
      answers: { 200: file, 201: { description: 'The file is new.', schema: fileSchema } },
      errors: writing,
    },
    'POST /files/move': {
      id: 'moveFile',
      summary: 'Move a file, never over another one',
      body: { schema: moveFileSchema, example: { from: 'notes/old.txt', to: 'notes/new.txt' } },
      answers: { 200: file },
      errors: ['invalid_path', 'file_not_found', 'file_exists', 'archive_unavailable'],
    },
    'POST /files/restore': {
      id: 'restoreFile',
      summary: 'Take back an overwrite or a delete',
      body: { schema: restoreFileSchema, example: { path: 'notes/lost.txt' } },
      answers: { 200: file },
      errors: [...writing, 'version_not_found'],
    },
  },
};
