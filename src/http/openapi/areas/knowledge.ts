import { z } from 'zod';
import { documentSchema } from '../../../knowledge/document-fields.ts';
import { listDocumentsQuery, searchKnowledgeSchema, writeQuery } from '../../knowledge-input.ts';
import type { documentBody } from '../../knowledge.ts';
import type { Area } from '../area.ts';

const documentFields = z.object({
  id: z.string(),
  library: z.string(),
  source: z.string(),
  title: z.string(),
  media_type: z.string(),
  characters: z.int(),
  chunks: z.int(),
  shared: z.boolean(),
  updated_at: z.iso.datetime(),
}) satisfies z.ZodType<ReturnType<typeof documentBody>>;
const storedSchema = documentFields.meta({ id: 'Document' });

const outcomeSchema = z.object({
  library: z.string(),
  source: z.string(),
  outcome: z.enum(['added', 'unchanged', 'replaced', 'error']),
  id: z.string().optional(),
  chunks: z.int().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
const ingestedSchema = z
  .object({
    documents: z.array(outcomeSchema),
    added: z.int(),
    replaced: z.int(),
    unchanged: z.int(),
    failed: z.int(),
  })
  .meta({ id: 'IngestedDocuments' });

const passageSchema = z
  .object({
    document_id: z.string(),
    library: z.string(),
    source: z.string(),
    title: z.string(),
    media_type: z.string(),
    headings: z.array(z.string()).describe('Outermost first.'),
    text: z.string(),
    span: z.object({ start: z.int(), end: z.int() }).describe("In UTF-16 units of the document's text."),
    score: z.number().describe('From 0 to 1; 1 is the first of every ranking.'),
  })
  .meta({ id: 'Passage' });

const path = { id: 'The id of the document.' };
const headers = { 'X-Admin-Token': 'The token of whoever runs the deployment; with `shared` only.' };
const errors = ['archive_unavailable'] as const;
const sharing = ['admin_disabled', 'missing_admin_token', 'invalid_admin_token'] as const;

export const knowledge: Area = {
  name: 'Knowledge',
  description: 'Documents that questions are answered from: the own ones, and those that are shared with all callers.',
  operations: {
    'POST /knowledge/documents': {
      id: 'ingestDocuments',
      summary: 'Take documents in, or take them in again',
      description:
        'One document, a list, or up to 20 in `documents`; also files of a form, or the body itself as `text/markdown`, `text/html` or ' +
        '`text/plain` with `library`, `source` and `title` in the query. What did not change costs nothing.',
      query: writeQuery,
      headers,
      body: {
        schema: documentSchema,
        example: { library: 'handbook', source: 'keys.md', text: '# Keys\n\nRotate them.' },
      },
      answers: {
        200: { description: 'What became of each; a mistake in one keeps no other back.', schema: ingestedSchema },
        201: { description: 'The one document that was sent is new.', schema: ingestedSchema },
      },
      errors: [...errors, ...sharing, 'unsupported_media_type', 'knowledge_full', 'provider_error', 'provider_timeout'],
    },
    'GET /knowledge/documents': {
      id: 'listDocuments',
      summary: 'List documents by library and source',
      query: listDocumentsQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({ documents: z.array(storedSchema), cursor: z.string().nullable() }),
        },
      },
      errors,
    },
    'GET /knowledge/documents/{id}': {
      id: 'readDocument',
      summary: 'Read a document with its text',
      path,
      answers: {
        200: {
          description: 'The document.',
          schema: documentFields.extend({ text: z.string() }).meta({ id: 'WholeDocument' }),
        },
      },
      errors: [...errors, 'document_not_found'],
    },
    'DELETE /knowledge/documents/{id}': {
      id: 'removeDocument',
      summary: 'Delete a document',
      path,
      query: writeQuery,
      headers,
      answers: { 204: { description: 'It is gone.' } },
      errors: [...errors, ...sharing, 'document_not_found'],
    },
    'GET /knowledge/libraries': {
      id: 'listLibraries',
      summary: 'List the libraries',
      answers: {
        200: {
          description: 'By name; an own and a shared one of the same name are two.',
          schema: z.object({
            libraries: z.array(
              documentFields
                .pick({ shared: true, chunks: true, updated_at: true })
                .extend({ name: z.string(), documents: z.int() }),
            ),
          }),
        },
      },
      errors,
    },
    'POST /knowledge/search': {
      id: 'searchKnowledge',
      summary: 'Find passages that answer a question',
      body: { schema: searchKnowledgeSchema, example: { query: 'How do I rotate a key?' } },
      answers: {
        200: {
          description: 'Best first; `ranking` says whether meaning counted, too.',
          schema: z.object({ results: z.array(passageSchema), ranking: z.enum(['words', 'words_and_meaning']) }),
        },
      },
      errors: [...errors, 'library_not_found'],
    },
  },
};
