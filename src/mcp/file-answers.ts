import type { CallToolResult } from '@modelcontextprotocol/server';
import { AppError } from '../errors.ts';
import { toBase64 } from '../workspace/base64.ts';
import { sliceLines } from '../workspace/slice-lines.ts';
import type { FileInfo, FoundLine, StoredFile, WrittenFile } from '../workspace/workspace.ts';
import { toolAnswer } from './tool-answer.ts';

/** What a model is shown of one file at once. */
export const SHOWN_MAX_CHARACTERS = 48 * 1024;
/** A larger binary file is named and not carried. */
export const BINARY_SHOWN_MAX_BYTES = 256 * 1024;
const IMAGES = /^image\/(png|jpeg|gif|webp)$/;

/** What the file tools say. */
export const fileAnswers = {
  written: (file: WrittenFile) => toolAnswer({ ...fields(file), created: file.created }),
  info: (file: FileInfo) => toolAnswer(fields(file)),
  deleted: (file: FileInfo) => toolAnswer({ path: file.path, deleted: true, version: file.version }),
  list: (files: FileInfo[], limit: number) =>
    toolAnswer({
      files: files.slice(0, limit).map(fields),
      after: files.length > limit ? files[limit - 1]?.path : null,
    }),
  matches: (found: FoundLine[], limit: number) =>
    toolAnswer({ matches: found.slice(0, limit), truncated: found.length > limit }),

  /** The text itself, with a mark where something is left out; its data says where it is from. */
  content(file: StoredFile, firstLine: number, lastLine: number): CallToolResult {
    if (file.content.kind === 'bytes') return binary(file, file.content.bytes);
    const { text, ...slice } = sliceLines(file.content.text, firstLine, lastLine, SHOWN_MAX_CHARACTERS);
    const { totalLines } = slice;
    if (firstLine > Math.max(1, totalLines))
      throw new AppError('validation_error', `\`${file.path}\` has ${totalLines} lines.`);
    const parts = [text, ...marksOf(slice, text.length)];
    return {
      structuredContent: {
        ...fields(file),
        first_line: slice.firstLine,
        last_line: slice.lastLine,
        total_lines: totalLines,
      },
      content: parts.map((part) => ({ type: 'text', text: part })),
    };
  },
};

function marksOf(slice: { lastLine: number; totalLines: number; isCut: boolean }, shown: number): string[] {
  const { lastLine, totalLines, isCut } = slice;
  const rest = lastLine < totalLines ? ` It has ${totalLines}: read on with start_line ${lastLine + 1}.` : '';
  if (isCut) return [`[Line ${lastLine} is cut after ${shown} characters.${rest}]`];
  return rest ? [`[Shown up to line ${lastLine}.${rest}]`] : [];
}

function binary(file: StoredFile, bytes: Uint8Array): CallToolResult {
  const note = `[${file.path}: ${file.mediaType}, ${bytes.length} bytes, no text]`;
  const content: CallToolResult['content'] = [{ type: 'text', text: note }];
  if (bytes.length <= BINARY_SHOWN_MAX_BYTES) {
    const { mediaType: mimeType } = file;
    const uri = `workspace:///${file.path.split('/').map(encodeURIComponent).join('/')}`;
    const data = toBase64(bytes);
    if (IMAGES.test(mimeType)) content.push({ type: 'image', mimeType, data });
    else content.push({ type: 'resource', resource: { uri, mimeType, blob: data } });
  }
  return { structuredContent: fields(file), content };
}

function fields({ path, version, sizeBytes, mediaType, updatedAt }: FileInfo) {
  return { path, version, size_bytes: sizeBytes, media_type: mediaType, updated_at: updatedAt };
}
