import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import { neonKnowledge } from '../../src/knowledge/neon.ts';
import { openKnowledge, type Knowledge } from '../../src/knowledge/open-knowledge.ts';
import { serveMcp } from '../../src/mcp/serve-mcp.ts';
import { openTestDatabase } from '../archive/database-under-test.ts';
import { noCatalogue } from '../catalogue/no-catalogue.ts';
import { noCode } from '../code/no-code.ts';
import { noKnowledge } from '../knowledge/no-knowledge.ts';
import { noWorkspace } from '../workspace/no-workspace.ts';
import { memoryTaskStore } from './memory-task-store.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

async function connect(knowledge: Knowledge): Promise<Client> {
  const caller = { kind: 'anonymous', owner: 'anonymous:test' } as const;
  const context = {
    caller,
    tasks: () => memoryTaskStore(),
    files: noWorkspace,
    catalogue: noCatalogue,
    knowledge,
    code: noCode,
    chat: null,
  };
  const fetch = async (url: string | URL, init?: RequestInit) =>
    (await serveMcp('knowledge', new Request(url, init), context)) ?? new Response(null, { status: 404 });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL('http://edgewise.test/mcp/knowledge'), { fetch }));
  onTestFinished(() => client.close());
  return client;
}

async function handbook(): Promise<Client> {
  const store = neonKnowledge(database, `test ${crypto.randomUUID()}`);
  const newId = () => crypto.randomUUID();
  const knowledge = openKnowledge({ store, embedder: null, newId, onFailure: () => {} });
  await knowledge.ingest([
    { library: 'handbook', source: 'keys.md', text: '# Guide\n\n## Keys\n\nRotate keys every ninety days.' },
  ]);
  return connect(knowledge);
}

test('both tools only read, and say what they take', async () => {
  const { tools } = await (await connect(noKnowledge)).listTools();
  expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
    ['get_context_from_resources', true],
    ['list_libraries', true],
  ]);
  expect(tools[0]?.inputSchema).toMatchObject({ required: ['question'] });
});

test('a question is answered with passages and where they stand', async () => {
  const client = await handbook();
  const call = (question: string, library?: string) =>
    client.callTool({
      name: 'get_context_from_resources',
      arguments: { question, ...(library !== undefined && { resources_to_retrieve_from: library }) },
    });
  expect(await call('how do I rotate a key?', 'handbook')).toMatchObject({
    content: [
      { type: 'text', text: expect.stringMatching(/^\[1\] Guide › Keys \(keys\.md, library handbook\)\n[^]*ninety/) },
    ],
    structuredContent: {
      sources: [{ source: 'keys.md', headings: ['Guide', 'Keys'], start: 0, score: 1 }],
      ranking: 'words',
    },
  });
  expect(await call('zeppelins')).toMatchObject({
    content: [{ text: 'The documents say nothing about this.' }],
    structuredContent: { sources: [] },
  });
  expect(await client.callTool({ name: 'list_libraries', arguments: {} })).toMatchObject({
    structuredContent: { libraries: expect.arrayContaining([{ name: 'handbook', documents: 1, shared: false }]) },
  });
});

test.each([
  [{}, /question/],
  [{ question: '' }, /question/],
  [{ question: 'x'.repeat(1001) }, /question/],
  [{ question: 'keys', resources_to_retrieve_from: 7 }, /resources_to_retrieve_from/],
  [{ question: 'keys', resources_to_retrieve_from: 'none' }, /no library `none`\. There are: handbook/],
])('%j is refused with a sentence that names what is wrong', async (input, message) => {
  const answer = (await handbook()).callTool({ name: 'get_context_from_resources', arguments: input });
  expect(JSON.stringify(await answer)).toMatch(message);
});
