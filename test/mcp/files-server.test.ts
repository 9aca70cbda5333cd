import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { BINARY_SHOWN_MAX_BYTES, SHOWN_MAX_CHARACTERS } from '../../src/mcp/file-answers.ts';
import { serveMcp } from '../../src/mcp/serve-mcp.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { noCatalogue } from '../catalogue/no-catalogue.ts';
import { noKnowledge } from '../knowledge/no-knowledge.ts';
import { noCode } from '../code/no-code.ts';
import { noWorkspace } from '../workspace/no-workspace.ts';
import { openWorkspaces, text } from '../workspace/workspaces-under-test.ts';
import { memoryTaskStore } from './memory-task-store.ts';

const ADDRESS = 'http://edgewise.test/mcp/files';

let open: (owner?: string) => Workspace;
let close: () => Promise<void>;
beforeAll(async () => ({ open, close } = await openWorkspaces()), 60_000);
afterAll(() => close());

async function connect(files: Workspace, onError: (error: unknown) => void = () => {}) {
  const caller = { kind: 'anonymous', owner: 'anonymous:test' } as const;
  const fetch = async (url: string | URL, init?: RequestInit) => {
    const context = {
      caller,
      tasks: () => memoryTaskStore(),
      files,
      catalogue: noCatalogue,
      knowledge: noKnowledge,
      code: noCode,
      chat: null,
      onError,
    };
    return (await serveMcp('files', new Request(url, init), context)) ?? new Response(null, { status: 404 });
  };
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(ADDRESS), { fetch }));
  onTestFinished(() => client.close());
  const call = (name: string, input: Record<string, unknown>) => client.callTool({ name, arguments: input });
  return { client, call, data: async (name: string, input = {}) => (await call(name, input)).structuredContent };
}

test('the tools say what they need and what they do to a file', async () => {
  const { client } = await connect(noWorkspace);
  const { tools } = await client.listTools();
  const hints = tools.map(({ name, inputSchema, annotations: a }) => [
    name,
    inputSchema.required,
    [a?.readOnlyHint, a?.destructiveHint, a?.idempotentHint, a?.openWorldHint],
  ]);
  expect(hints).toEqual([
    ['read_file', ['path'], [true, undefined, undefined, false]],
    ['write_file', ['path', 'content'], [undefined, true, true, false]],
    ['append_file', ['path', 'content'], [undefined, false, undefined, false]],
    ['list_files', undefined, [true, undefined, undefined, false]],
    ['search_files', ['query'], [true, undefined, undefined, false]],
    ['move_file', ['path', 'new_path'], [undefined, false, undefined, false]],
    ['delete_file', ['path'], [undefined, true, undefined, false]],
    ['restore_file', ['path'], [undefined, true, undefined, false]],
  ]);
});

test('a file is written, added to, read, found, moved, deleted and brought back', async () => {
  const { call, data } = await connect(open());
  expect(await data('write_file', { path: './notes//tea.md', content: '# Tea\n', media_type: null })).toEqual({
    path: 'notes/tea.md',
    version: expect.any(Number),
    size_bytes: 6,
    media_type: 'text/markdown',
    updated_at: expect.any(String),
    created: true,
  });
  expect(await data('append_file', { path: 'notes/tea.md', content: 'green\n' })).toMatchObject({ size_bytes: 12 });
  expect(await call('read_file', { path: 'notes/tea.md' })).toMatchObject({
    content: [{ type: 'text', text: '# Tea\ngreen\n' }],
    structuredContent: { path: 'notes/tea.md', first_line: 1, last_line: 2, total_lines: 2 },
  });
  expect(await call('read_file', { path: 'notes/tea.md', start_line: 2, end_line: 2 })).toMatchObject({
    content: [{ text: 'green\n' }],
  });
  expect(await data('search_files', { query: 'GREEN', glob: '*.md' })).toEqual({
    matches: [{ path: 'notes/tea.md', line: 2, text: 'green' }],
    truncated: false,
  });
  expect(await data('move_file', { path: 'notes/tea.md', new_path: 'tea.md' })).toMatchObject({ path: 'tea.md' });
  expect(await data('list_files')).toMatchObject({ files: [{ path: 'tea.md', size_bytes: 12 }], after: null });
  expect(await data('delete_file', { path: 'tea.md' })).toMatchObject({ path: 'tea.md', deleted: true });
  expect(await data('list_files')).toEqual({ files: [], after: null });
  expect(await data('restore_file', { path: 'tea.md' })).toMatchObject({ created: true, size_bytes: 12 });
});

test('lists and matches say that there is more', async () => {
  const files = open();
  const { data } = await connect(files);
  for (const path of ['a', 'b', 'c']) await files.write(path, text('tea\ntea\n'));
  expect(await data('list_files', { limit: 2 })).toMatchObject({ files: [{ path: 'a' }, { path: 'b' }], after: 'b' });
  expect(await data('list_files', { after: 'b' })).toMatchObject({ files: [{ path: 'c' }], after: null });
  expect(await data('search_files', { query: 'tea', limit: 5 })).toMatchObject({
    matches: { length: 5 },
    truncated: true,
  });
});

test('a long file is cut at a line, with a mark that says how to read on', async () => {
  const files = open();
  const { call } = await connect(files);
  const line = `${'x'.repeat(99)}\n`;
  const shown = Math.floor(SHOWN_MAX_CHARACTERS / 100);
  await files.write('long', text(line.repeat(shown + 1)));
  const first = await call('read_file', { path: 'long' });
  expect(first.content).toEqual([
    { type: 'text', text: line.repeat(shown) },
    { type: 'text', text: `[Shown up to line ${shown}. It has ${shown + 1}: read on with start_line ${shown + 1}.]` },
  ]);
  expect((await call('read_file', { path: 'long', start_line: shown + 1 })).content).toEqual([
    { type: 'text', text: line },
  ]);
  await files.write('wide', text('y'.repeat(SHOWN_MAX_CHARACTERS + 1)));
  expect((await call('read_file', { path: 'wide' })).content).toEqual([
    { type: 'text', text: 'y'.repeat(SHOWN_MAX_CHARACTERS) },
    { type: 'text', text: `[Line 1 is cut after ${SHOWN_MAX_CHARACTERS} characters.]` },
  ]);
});

test('bytes come as base64 and are shown as an image or a file, or only named when they are many', async () => {
  const files = open();
  const { call, data } = await connect(files);
  await data('write_file', { path: 'dot.png', content: '/wAB', encoding: 'base64' });
  expect((await call('read_file', { path: 'dot.png' })).content).toEqual([
    { type: 'text', text: '[dot.png: image/png, 3 bytes, no text]' },
    { type: 'image', mimeType: 'image/png', data: '/wAB' },
  ]);
  await data('append_file', { path: 'a b.bin', content: '/wAB', encoding: 'base64' });
  expect((await call('read_file', { path: 'a b.bin' })).content[1]).toEqual({
    type: 'resource',
    resource: { uri: 'workspace:///a%20b.bin', mimeType: 'application/octet-stream', blob: '/wAB' },
  });
  await files.write('big.png', {
    content: { kind: 'bytes', bytes: new Uint8Array(BINARY_SHOWN_MAX_BYTES + 1) },
    mediaType: 'image/png',
  });
  expect((await call('read_file', { path: 'big.png' })).content).toHaveLength(1);
});

test.each([
  ['read_file', {}, /path/],
  ['read_file', { path: 'none' }, /^There is no file `none`/],
  ['read_file', { path: '../secret' }, /^The path must not hold "\.\."\.$/],
  ['read_file', { path: 'here', start_line: 0 }, /start_line/],
  ['read_file', { path: 'here', start_line: 9 }, /^`here` has 1 lines\.$/],
  ['write_file', { path: '/etc/passwd', content: 'x' }, /^The path must be relative/],
  ['write_file', { path: 'x', content: '#', encoding: 'base64' }, /content: is not base64/],
  ['write_file', { path: 'x', content: 'x', media_type: 'a\r\nb: c' }, /media_type/],
  ['write_file', { path: 'here', content: 'x', if_version: 1 }, /^`here` is not as it was expected to be/],
  ['append_file', { path: 'a\\b', content: 'x' }, /backslashes/],
  ['list_files', { glob: 'a\u0000' }, /glob/],
  ['list_files', { prefix: '../' }, /"\.\."/],
  ['search_files', { query: '' }, /query/],
  ['search_files', { query: 'a\nb' }, /one line/],
  ['move_file', { path: 'none', new_path: 'x' }, /^There is no file `none`/],
  ['move_file', { path: 'here', new_path: 'here' }, /^There is already a file `here`\.$/],
  ['delete_file', { path: 'none' }, /^There is no file `none`/],
  ['restore_file', { path: 'here' }, /^There is no earlier state of `here`/],
])('%s with %j is refused with a sentence', async (name, input, sentence) => {
  const files = open();
  await files.write('here', text('one'));
  const reported: unknown[] = [];
  const { call } = await connect(files, (error) => reported.push(error));
  const result = await call(name, input);
  expect(result).toMatchObject({ isError: true, content: [{ type: 'text', text: expect.stringMatching(sentence) }] });
  expect(reported).toEqual([]);
});

test('a database that is away is told, and reported', async () => {
  const away = new AppError('archive_unavailable', 'The database is away.');
  const reported: unknown[] = [];
  const list = () => Promise.reject(away);
  const { call } = await connect({ ...noWorkspace, list }, (error) => reported.push(error));
  expect(await call('list_files', {})).toMatchObject({ isError: true, content: [{ text: 'The database is away.' }] });
  expect(reported).toEqual([away]);
});
