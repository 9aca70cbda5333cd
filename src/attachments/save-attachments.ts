import type { FileUIPart } from 'ai';
import { AppError } from '../errors.ts';
import { bytesOf, contentOf, guessMediaType } from '../workspace/file-content.ts';
import { normalisePath } from '../workspace/normalise-path.ts';
import type { FileContent, Workspace } from '../workspace/workspace.ts';
import { FILE_MAX_BYTES } from '../workspace/workspace-limits.ts';
import { ATTACHED_MAX_BYTES, ATTACHMENTS_MAX } from './attachment-limits.ts';
import { attachmentName } from './attachment-name.ts';
import { readReference, referenceUrl } from './file-reference.ts';
import { KNOWN_MEDIA, mediaOfBytes } from './media-of-bytes.ts';
import { readDataUrl } from './read-data-url.ts';

/** A file as a client sends it: a `data:` URL, or the address that our API has for a file of the client's workspace. */
export interface SentFile {
  part: FileUIPart;
  /** The field of the request, for what is said about it. */
  field: string;
}

export interface SaveAttachments {
  /** Where the files that clients name are. */
  callers: Workspace;
  /** Where files are kept that come with the message, and the folder for them, with a slash at its end. */
  kept: Workspace;
  folder: string;
  /** The client's files are kept there anyway: those that it names need no copy. */
  isSame: boolean;
  /** Throws AppError for a kind of media that the model does not take; text is not asked about. */
  assertTaken(mediaType: string, field: string): void;
}

export interface SavedAttachments {
  /** In place of the sent parts, in their order: each refers to a file in a state of it. */
  parts: FileUIPart[];
  /** Deletes what was written. */
  undo(): Promise<void>;
}

interface Checked {
  content: FileContent;
  mediaType: string;
  name: string | undefined;
  /** The state that it is already kept in. */
  reference: { path: string; version: number } | null;
}

/**
 * Keeps the files of a message, all of them or none. Throws AppError `validation_error`, `payload_too_large`, `unsupported_media_type`,
 * `file_not_found` or `workspace_full`, and names the field.
 */
export async function saveAttachments(sent: readonly SentFile[], options: SaveAttachments): Promise<SavedAttachments> {
  if (sent.length > ATTACHMENTS_MAX) {
    throw new AppError('payload_too_large', `A message may have ${ATTACHMENTS_MAX} attachments, not ${sent.length}.`);
  }
  const checked = await Promise.all(sent.map((file) => checkFile(file, options)));
  const bytes = checked.reduce((sum, { content }) => sum + bytesOf(content).length, 0);
  if (bytes > ATTACHED_MAX_BYTES) {
    const message = `The attachments of a message may have ${ATTACHED_MAX_BYTES} bytes together, not ${bytes}.`;
    throw new AppError('payload_too_large', message);
  }
  const written: string[] = [];
  const undo = async () => {
    await Promise.allSettled(written.map((path) => options.kept.remove(path)));
  };
  const parts: FileUIPart[] = [];
  try {
    for (const [index, { content, mediaType, name, reference }] of checked.entries()) {
      const filename = attachmentName(name, mediaType, index + 1);
      const path = `${options.folder}${filename}`;
      const file = reference ?? (await options.kept.write(path, { content, mediaType }));
      if ('created' in file && file.created) written.push(path);
      parts.push({ type: 'file', mediaType, filename: name ?? filename, url: referenceUrl(file) });
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return { parts, undo };
}

async function checkFile({ part, field }: SentFile, options: SaveAttachments): Promise<Checked> {
  const file = await readSent(part, field, options);
  const size = bytesOf(file.content).length;
  if (size > FILE_MAX_BYTES) {
    throw new AppError('payload_too_large', `${field}: an attachment may have ${FILE_MAX_BYTES} bytes, not ${size}.`);
  }
  if (file.content.kind === 'text') return file;
  const mediaType = mediaOfBytes(file.content.bytes);
  if (mediaType === null) {
    const known = KNOWN_MEDIA.join(', ');
    throw new AppError('unsupported_media_type', `${field}: is neither text (UTF-8) nor one of ${known}.`);
  }
  options.assertTaken(mediaType, field);
  return { ...file, mediaType };
}

async function readSent({ url, filename }: FileUIPart, field: string, options: SaveAttachments): Promise<Checked> {
  const data = readDataUrl(url);
  if (data) {
    const content = contentOf(data.bytes);
    const guessed = guessMediaType(filename ?? '', content);
    const mediaType = content.kind === 'text' && data.mediaType.startsWith('text/') ? data.mediaType : guessed;
    return { content, mediaType, name: filename, reference: null };
  }
  const reference = readReference(url);
  if (!reference) {
    throw new AppError(
      'validation_error',
      `Request validation failed: ${field}: must be a data: URL or a file of the workspace`,
    );
  }
  const path = normalisePath(reference.path);
  const file = await options.callers.read(path, reference.version ?? undefined);
  if (!file) throw new AppError('file_not_found', `${field}: File \`${path}\` was not found`);
  const { content, mediaType, version } = file;
  return { content, mediaType, name: path.split('/').at(-1), reference: options.isSame ? { path, version } : null };
}
