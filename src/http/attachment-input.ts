import type { FileUIPart } from 'ai';
import { z } from 'zod';
import { referenceUrl } from '../attachments/file-reference.ts';
import { mediaTypeSchema } from '../workspace/file-fields.ts';

const NAME_MAX_CHARACTERS = 255;
const name = z.string().min(1).max(NAME_MAX_CHARACTERS);

/** A file that comes with a message, or one of the workspace. How many there may be is said by `saveAttachments`. */
export const attachmentSchema = z.union(
  [
    z.object({ path: z.string().min(1).max(2048) }),
    z.object({ name, type: mediaTypeSchema.optional(), url: z.string().regex(/^data:/i, 'must be a data: URL') }),
  ],
  { error: 'must have a path, or a name and a url (data:)' },
);

/** A file of a message of the AI SDK; of its addresses ours alone are taken beside `data:` URLs. */
export const filePartSchema = z.object({
  type: z.literal('file'),
  mediaType: z.string().max(128),
  filename: name.optional(),
  url: z.string().regex(/^(data:|\/files\/)/i, 'must be a data: URL, or begin with /files/'),
});

export function filePart(attachment: z.infer<typeof attachmentSchema>): FileUIPart {
  if ('path' in attachment) {
    return { type: 'file', mediaType: '', url: referenceUrl({ path: attachment.path, version: null }) };
  }
  const { name: filename, type: mediaType = '', url } = attachment;
  return { type: 'file', mediaType, filename, url };
}
