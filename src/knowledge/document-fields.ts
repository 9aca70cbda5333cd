import { z } from 'zod';
import { DOCUMENT_MAX_CHARACTERS } from './knowledge-limits.ts';

/** Letters, digits and a few marks: it is typed by people and models. */
export const libraryName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ._-]{0,63}$/u,
    'must begin with a letter or digit and have at most 64 letters, digits, spaces, dots, _ or -',
  );

/** What a document must be, at every door. */
export const documentSchema = z.object({
  library: libraryName.default('default'),
  source: z.string().trim().min(1).max(500),
  title: z.string().trim().min(1).max(300).nullish(),
  media_type: z.string().trim().min(1).max(100).nullish(),
  text: z.string().min(1).max(DOCUMENT_MAX_CHARACTERS),
});

export type DocumentFields = z.infer<typeof documentSchema>;
