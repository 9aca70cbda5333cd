import { z } from 'zod';
import { globSchema, mediaTypeSchema, querySchema, versionSchema } from '../workspace/file-fields.ts';

const path = z
  .string()
  .describe(
    'With slashes: notes/today.md. In a chat it is in the folder of the chat; shared/notes.md is for all chats.',
  );
const glob = globSchema.nullish().describe('Only these paths: *.md in any folder, src/**/*.ts below one.');
const line = z.int().min(1).nullish();
const content = z.string().describe('The text, or base64 when encoding says so.');
const encoding = z.enum(['text', 'base64']).nullish().describe('text unless it is base64.');
const limit = (most: number) => z.int().min(1).max(most).nullish().describe(`At most ${most}.`);

/** The arguments of the file tools. Models send null for what they leave out. */
export const fileInputs = {
  read: z.object({
    path,
    start_line: line.describe('The first line, counted from 1.'),
    end_line: line.describe('The last line, itself included.'),
  }),
  write: z.object({
    path,
    content,
    encoding,
    media_type: mediaTypeSchema.nullish().describe('Known from the ending of the path when it is left out.'),
    if_version: versionSchema.nullish().describe('Write only when the file still has this version.'),
  }),
  append: z.object({ path, content, encoding }),
  list: z.object({
    prefix: z.string().nullish().describe('Only paths that begin so: notes/'),
    glob,
    limit: limit(200),
    after: z.string().nullish().describe('Only paths after this one, as an earlier list gave it.'),
  }),
  search: z.object({
    query: querySchema.describe('The words to find in a line, as they stand.'),
    glob,
    case_sensitive: z.boolean().nullish(),
    limit: limit(100),
  }),
  move: z.object({ path, new_path: path }),
  delete: z.object({ path }),
  restore: z.object({
    path,
    version: versionSchema.nullish().describe('Which state; the one before the last change when it is left out.'),
  }),
};
