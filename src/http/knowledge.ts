import { Hono } from 'hono';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { documentSchema, type DocumentFields } from '../knowledge/document-fields.ts';
import type { NotIngested } from '../knowledge/ingest-documents.ts';
import { SHARED_OWNER, type DocumentInfo } from '../knowledge/knowledge.ts';
import type { Knowledge } from '../knowledge/open-knowledge.ts';
import { assertAdmin } from './admin/assert-admin.ts';
import type { AppContext, AppEnv } from './context.ts';
import { enforceLimits } from './enforce-limits.ts';
import { identifyCaller } from './identify-caller.ts';
import { listDocumentsQuery, readSentDocuments, searchKnowledgeSchema, writeQuery } from './knowledge-input.ts';
import { parseBody, parseWith } from './parse-body.ts';

/** Documents that questions are answered from: everything under `/knowledge`. */
export const knowledgeRoutes = new Hono<AppEnv>();

knowledgeRoutes.use('/*', identifyCaller('knowledge'));
knowledgeRoutes.get('/libraries', listLibraries);
knowledgeRoutes.post('/documents', enforceLimits, ingestDocuments);
knowledgeRoutes.get('/documents', listDocuments);
knowledgeRoutes.get('/documents/:id', readDocument);
knowledgeRoutes.delete('/documents/:id', enforceLimits, removeDocument);
knowledgeRoutes.post('/search', enforceLimits, searchKnowledge);

async function ingestDocuments(c: AppContext): Promise<Response> {
  const knowledge = writableOf(c);
  const { documents, isOne } = await readSentDocuments(c);
  if (isOne) parseWith(documentSchema, documents[0], 'body');
  const checked = documents.map(checkDocument);
  const outcomes = await knowledge.ingest(checked.filter((item) => 'text' in item));
  const rest = outcomes.values();
  const answers = checked.map((item) => ('text' in item ? (rest.next().value ?? item) : item));
  const [only] = outcomes;
  if (isOne && only?.outcome === 'error') throw new AppError(only.error.code, only.error.message);
  const count = (outcome: string) => answers.filter((item) => 'outcome' in item && item.outcome === outcome).length;
  const counts = {
    added: count('added'),
    replaced: count('replaced'),
    unchanged: count('unchanged'),
    failed: count('error'),
  };
  return c.json({ documents: answers, ...counts }, isOne && counts.added === 1 ? 201 : 200);
}

function checkDocument(document: unknown): DocumentFields | NotIngested {
  try {
    return parseWith(documentSchema, document, 'body');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message } = error;
    return { ...placeOf.parse(document), outcome: 'error', error: { code, message } };
  }
}

/** Which of the documents it was, as far as it says so. */
const placeOf = z
  .object({ library: z.string().max(500).catch('default'), source: z.string().max(500).catch('') })
  .catch({ library: 'default', source: '' });

async function listLibraries(c: AppContext): Promise<Response> {
  const libraries = await knowledgeOf(c).libraries();
  return c.json({ libraries: libraries.map(({ updatedAt, ...rest }) => ({ ...rest, updated_at: updatedAt })) });
}

async function listDocuments(c: AppContext): Promise<Response> {
  const { library, limit, cursor: offset = 0 } = parseWith(listDocumentsQuery, c.req.query(), 'query');
  // One more than is shown tells whether there is another page.
  const found = await knowledgeOf(c).documents({ library: library ?? null, limit: limit + 1, offset });
  const cursor = found.length > limit ? String(offset + limit) : null;
  return c.json({ documents: found.slice(0, limit).map(documentBody), cursor });
}

async function readDocument(c: AppContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const document = await knowledgeOf(c).document(id);
  if (!document) throw notFound(id);
  return c.json({ ...documentBody(document), text: document.text });
}

async function removeDocument(c: AppContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (!(await writableOf(c).remove(id))) throw notFound(id);
  return c.body(null, 204);
}

async function searchKnowledge(c: AppContext): Promise<Response> {
  const { query, library, libraries, limit, max_characters } = await parseBody(c, searchKnowledgeSchema);
  const wanted = [...(libraries ?? []), ...(library ? [library] : [])];
  const answer = await knowledgeOf(c).search({
    question: query,
    libraries: wanted.length > 0 ? wanted : null,
    limit,
    maxCharacters: max_characters,
  });
  const results = answer.results.map(({ documentId, mediaType, start, end, ...rest }) => {
    return { document_id: documentId, media_type: mediaType, ...rest, span: { start, end } };
  });
  return c.json({ results, ranking: answer.ranking });
}

export function documentBody({
  id,
  library,
  source,
  title,
  mediaType,
  characters,
  chunks,
  shared,
  updatedAt,
}: DocumentInfo) {
  return { id, library, source, title, media_type: mediaType, characters, chunks, shared, updated_at: updatedAt };
}

function notFound(id: string): AppError {
  return new AppError('document_not_found', `Document \`${id}\` was not found`);
}

function knowledgeOf(c: AppContext, owner = c.get('caller').owner): Knowledge {
  const { knowledge } = c.get('services');
  if (!knowledge) throw new AppError('archive_unavailable', 'Documents need a database, and this deployment has none.');
  return knowledge(owner);
}

/** The caller's own documents; with `?shared=true` those of all, for whoever runs the deployment. */
function writableOf(c: AppContext): Knowledge {
  const { shared } = parseWith(writeQuery, c.req.query(), 'query');
  if (!shared) return knowledgeOf(c);
  assertAdmin(c);
  return knowledgeOf(c, SHARED_OWNER);
}
