import { z } from 'zod';

const part = z.looseObject({ type: z.string(), text: z.string().optional() });

/** A message's content as both protocols write it: text, or parts of which only the text is read. */
export const messageContent = z
  .union([z.string(), z.array(part), z.null()])
  .optional()
  .transform((content) => {
    if (typeof content === 'string') return content;
    return (content ?? []).map(({ text }) => text ?? '').join('');
  });
