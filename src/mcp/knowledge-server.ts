import { McpServer, type CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { QUERY_MAX_CHARACTERS, RESULT_CHARACTERS_DEFAULT } from '../knowledge/knowledge-limits.ts';
import type { Knowledge } from '../knowledge/open-knowledge.ts';
import type { KnowledgeAnswer } from '../knowledge/search-knowledge.ts';
import { safeAnswer, toolAnswer } from './tool-answer.ts';

/** The list is the same for every caller and changes only with a deployment. */
const LIST_CACHE = { ttlMs: 5 * 60_000, cacheScope: 'public' } as const;
const READS = { readOnlyHint: true, openWorldHint: false };
const PASSAGES = 6;

const contextInput = z.object({
  question: z.string().trim().min(1).max(QUERY_MAX_CHARACTERS).describe('What is to be answered, as one would ask it.'),
  resources_to_retrieve_from: z
    .string()
    .trim()
    .nullish()
    .describe('The library to look in, as list_libraries names it. Empty: all of them.'),
});

/** What one owner's documents say, as tools. What cannot be done is a result with `isError` and a sentence. */
export function knowledgeServer(knowledge: Knowledge, onError: (error: unknown) => void): McpServer {
  const info = { name: 'edgewise-knowledge', title: 'Knowledge', version: '1.0.0' };
  const server = new McpServer(info, { cacheHints: { 'tools/list': LIST_CACHE } });

  server.registerTool(
    'get_context_from_resources',
    {
      title: 'Look it up in the documents',
      description:
        'Finds the passages of the ingested documents that help to answer a question, with where they stand.',
      inputSchema: contextInput,
      annotations: READS,
    },
    (input) => safeAnswer(getContext(knowledge, input), onError),
  );
  server.registerTool(
    'list_libraries',
    {
      title: 'List libraries',
      description: 'Lists the libraries of documents that can be looked into.',
      inputSchema: z.object({}),
      annotations: READS,
    },
    () => safeAnswer(listLibraries(knowledge), onError),
  );
  return server;
}

async function getContext(knowledge: Knowledge, input: z.infer<typeof contextInput>): Promise<CallToolResult> {
  const library = input.resources_to_retrieve_from || null;
  const { results, ranking } = await knowledge.search({
    question: input.question,
    libraries: library === null ? null : [library],
    limit: PASSAGES,
    maxCharacters: RESULT_CHARACTERS_DEFAULT,
  });
  return {
    // The passages themselves stand in the text only: a result is stored with its turn, and once is enough.
    structuredContent: { sources: results.map(sourceOf), ranking },
    content: [{ type: 'text', text: results.map(passageText).join('\n\n') || 'The documents say nothing about this.' }],
  };
}

async function listLibraries(knowledge: Knowledge): Promise<CallToolResult> {
  const libraries = await knowledge.libraries();
  return toolAnswer({
    libraries: libraries.map(({ name, documents, shared }) => ({ name, documents, shared })),
  });
}

type Result = KnowledgeAnswer['results'][number];

function sourceOf({ documentId, source, title, mediaType, library, headings, start, end, score }: Result) {
  return { id: `${documentId}:${start}`, source, title, media_type: mediaType, library, headings, start, end, score };
}

function passageText({ title, headings, source, library, text }: Result, index: number): string {
  const place = [title, ...headings.filter((heading) => heading !== title)].join(' › ');
  return `[${index + 1}] ${place} (${source}, library ${library})\n${text}`;
}
