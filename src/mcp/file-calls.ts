import type { z } from 'zod';
import { AppError } from '../errors.ts';
import { decodeContent } from '../workspace/decode-content.ts';
import { guessMediaType } from '../workspace/file-content.ts';
import { globPattern } from '../workspace/glob-pattern.ts';
import { normalisePath, normalisePrefix } from '../workspace/normalise-path.ts';
import type { FileChange, Workspace } from '../workspace/workspace.ts';
import { fileAnswers } from './file-answers.ts';
import type { fileInputs } from './file-inputs.ts';

type Input<Name extends keyof typeof fileInputs> = z.infer<(typeof fileInputs)[Name]>;

const LIST_DEFAULT = 100;
const MATCHES_DEFAULT = 50;

/** What each file tool does. Rejects with AppErrors whose messages are for the model. */
export function fileCalls(files: Workspace) {
  return {
    async read(input: Input<'read'>) {
      const path = normalisePath(input.path);
      const file = (await files.read(path)) ?? missing(path);
      return fileAnswers.content(file, input.start_line ?? 1, input.end_line ?? Infinity);
    },
    async write(input: Input<'write'>) {
      const path = normalisePath(input.path);
      const expected = input.if_version ? { version: input.if_version } : undefined;
      return fileAnswers.written(await files.write(path, { ...sent(path, input), expected }));
    },
    async append(input: Input<'append'>) {
      const path = normalisePath(input.path);
      return fileAnswers.written(await files.append(path, sent(path, input)));
    },
    async list(input: Input<'list'>) {
      const limit = input.limit ?? LIST_DEFAULT;
      const found = await files.list({
        prefix: normalisePrefix(input.prefix ?? ''),
        pattern: input.glob ? globPattern(input.glob) : null,
        limit: limit + 1,
        after: input.after ? normalisePath(input.after) : null,
      });
      return fileAnswers.list(found, limit);
    },
    async search(input: Input<'search'>) {
      const limit = input.limit ?? MATCHES_DEFAULT;
      const found = await files.search({
        query: input.query,
        pattern: input.glob ? globPattern(input.glob) : null,
        caseSensitive: input.case_sensitive ?? false,
        limit: limit + 1,
      });
      return fileAnswers.matches(found, limit);
    },
    async move(input: Input<'move'>) {
      const path = normalisePath(input.path);
      return fileAnswers.info((await files.move(path, normalisePath(input.new_path))) ?? missing(path));
    },
    async remove(input: Input<'delete'>) {
      const path = normalisePath(input.path);
      return fileAnswers.deleted((await files.remove(path)) ?? missing(path));
    },
    async restore(input: Input<'restore'>) {
      return fileAnswers.written(await files.restore(normalisePath(input.path), input.version ?? undefined));
    },
  };
}

function sent(path: string, input: Input<'append'> & { media_type?: string | null | undefined }): FileChange {
  const content = decodeContent(input.content, input.encoding ?? 'text');
  return { content, mediaType: input.media_type ?? guessMediaType(path, content) };
}

function missing(path: string): never {
  throw new AppError('file_not_found', `There is no file \`${path}\`. Call list_files to see the files.`);
}
