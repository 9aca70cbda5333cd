import type { FileUIPart, TextUIPart, UIMessage } from 'ai';
import { toBase64 } from '../workspace/base64.ts';
import { INLINED_MAX_CHARACTERS } from './attachment-limits.ts';
import type { AttachedFile, ReadAttached } from './attached-file.ts';
import { readReference } from './file-reference.ts';

type ModelPart = TextUIPart | FileUIPart;

/**
 * The messages as a model is sent them: what their parts refer to stands in them, text as text. A file that is gone, or cannot be read, is a
 * note. Reads nothing when nothing is referred to.
 */
export async function resolveAttachments(
  messages: UIMessage[],
  read: ReadAttached,
  onFailure: (cause: unknown) => void,
): Promise<UIMessage[]> {
  const parts = messages.flatMap((message) => message.parts.filter(isReference)).reverse();
  if (parts.length === 0) return messages;
  const resolved = new Map<FileUIPart, ModelPart[]>();
  try {
    const files = await read(parts.map(({ url }) => readReference(url) ?? { path: '', version: null }));
    parts.forEach((part, index) => resolved.set(part, modelParts(part, files[index] ?? { kind: 'gone' })));
  } catch (cause) {
    onFailure(cause);
  }
  const orNote = (part: FileUIPart) => resolved.get(part) ?? [note(part, 'cannot be read right now')];
  return messages.map((message) => ({
    ...message,
    parts: message.parts.flatMap((part): UIMessage['parts'] => (isReference(part) ? orNote(part) : [part])),
  }));
}

function isReference(part: UIMessage['parts'][number]): part is FileUIPart {
  return part.type === 'file' && readReference(part.url) !== null;
}

function modelParts(part: FileUIPart, file: AttachedFile): ModelPart[] {
  if (file.kind === 'gone') return [note(part, 'has been deleted')];
  if (file.kind === 'crowded-out') return [note(part, `is not shown again; its path is ${file.path}`)];
  const { content, mediaType, path } = file;
  if (content.kind === 'bytes') {
    const url = `data:${mediaType};base64,${toBase64(content.bytes)}`;
    return [text(`[Attached file: ${path}]`), { type: 'file', mediaType, url, ...nameOf(part) }];
  }
  const shown = content.text.slice(0, INLINED_MAX_CHARACTERS).toWellFormed();
  const cut =
    shown.length < content.text.length ? `\n[Cut after ${shown.length} characters; the rest is in ${path}.]` : '';
  return [text(`[Attached file: ${path}]\n${shown}${cut}`)];
}

function note(part: FileUIPart, what: string): TextUIPart {
  return text(`[The attached file ${part.filename ?? ''} ${what}.]`.replace('  ', ' '));
}

const text = (content: string): TextUIPart => ({ type: 'text', text: content });
const nameOf = ({ filename }: FileUIPart) => (filename === undefined ? {} : { filename });
