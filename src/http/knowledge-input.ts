import { z } from 'zod';
import { AppError } from '../errors.ts';
import { libraryName } from '../knowledge/document-fields.ts';
import {
  DOCUMENTS_PER_REQUEST_MAX,
  QUERY_MAX_CHARACTERS,
  RESULT_CHARACTERS_DEFAULT,
  RESULT_CHARACTERS_MAX,
  RESULTS_MAX,
} from '../knowledge/knowledge-limits.ts';
import type { AppContext } from './context.ts';
import { parseBody, parseWith } from './parse-body.ts';

const OFFSET_MAX = 1_000_000;

export const searchKnowledgeSchema = z.object({
  query: z.string().trim().min(1).max(QUERY_MAX_CHARACTERS),
  library: libraryName.nullish(),
  libraries: z.array(libraryName).min(1).max(50).nullish(),
  limit: z.int().min(1).max(RESULTS_MAX).default(5),
  max_characters: z.int().min(100).max(RESULT_CHARACTERS_MAX).default(RESULT_CHARACTERS_DEFAULT),
});

export const listDocumentsQuery = z.object({
  library: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,7}$/, 'is not a cursor of this list')
    .transform(Number)
    .refine((offset) => offset <= OFFSET_MAX, 'is not a cursor of this list')
    .optional(),
});

export const writeQuery = z.object({
  shared: z
    .enum(['', 'true', 'false'])
    .default('false')
    .transform((text) => text !== 'false'),
});

const rawQuery = z.object({ library: z.string().optional(), source: z.string(), title: z.string().optional() });
const severalSchema = z.object({ library: z.string().optional(), documents: z.array(z.unknown()) });

export interface SentDocuments {
  /** Not checked yet: what is wrong with one keeps none of the others back. */
  documents: unknown[];
  /** Whether one was sent by itself: then its refusal is the answer. */
  isOne: boolean;
}

/** The documents of a request: JSON (one, a list, or `documents`), files of a form, or the body itself as a document. */
export async function readSentDocuments(c: AppContext): Promise<SentDocuments> {
  const type = (c.req.header('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  const sent = await readBy(c, type);
  const { length } = sent.documents;
  if (length >= 1 && length <= DOCUMENTS_PER_REQUEST_MAX) return sent;
  throw new AppError(
    'validation_error',
    `Request validation failed: documents: send 1 to ${DOCUMENTS_PER_REQUEST_MAX} in one request, not ${length}.`,
  );
}

async function readBy(c: AppContext, type: string): Promise<SentDocuments> {
  if (type === 'multipart/form-data') return { documents: await formDocuments(c), isOne: false };
  if (!/[/+]json$/.test(type)) {
    const fields = parseWith(rawQuery, c.req.query(), 'query');
    return { documents: [{ ...fields, media_type: type, text: await c.req.text() }], isOne: true };
  }
  const body = await parseBody(c, z.unknown());
  if (Array.isArray(body)) return { documents: body, isOne: false };
  const several = severalSchema.safeParse(body);
  if (!several.success) return { documents: [body], isOne: true };
  const { library, documents } = several.data;
  return { documents: documents.map((document) => withLibrary(document, library)), isOne: false };
}

function withLibrary(document: unknown, library: string | undefined): unknown {
  if (library === undefined || typeof document !== 'object' || document === null) return document;
  return { library, ...document };
}

async function formDocuments(c: AppContext): Promise<unknown[]> {
  const form = await readForm(c);
  const library = form.get('library');
  const files = [...form.values()].filter((value) => typeof value !== 'string');
  return Promise.all(
    files.map(async (file) => ({
      ...(typeof library === 'string' && { library }),
      source: file.name,
      media_type: file.type || null,
      text: await file.text(),
    })),
  );
}

async function readForm(c: AppContext): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (cause) {
    throw new AppError('validation_error', 'Request validation failed: the form cannot be read.', { cause });
  }
}
