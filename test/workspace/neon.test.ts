import { afterAll, beforeAll, expect, test } from 'vitest';
import { globPattern } from '../../src/workspace/glob-pattern.ts';
import type { ListFiles, Workspace } from '../../src/workspace/workspace.ts';
import { binary, contentIn, openWorkspaces, text } from './workspaces-under-test.ts';

let open: (owner?: string) => Workspace;
let close: () => Promise<void>;
beforeAll(async () => ({ open, close } = await openWorkspaces()), 60_000);
afterAll(() => close());

const all = { prefix: '', pattern: null, limit: 100, after: null };
const paths = async (files: Workspace, wanted: Partial<ListFiles> = {}) =>
  (await files.list({ ...all, ...wanted })).map(({ path }) => path);

test('a written file is read back with its size, type, version and time', async () => {
  const files = open();
  const written = await files.write('notes/سلام.txt', text('درود\n'));
  expect(written).toEqual({
    path: 'notes/سلام.txt',
    version: expect.any(Number),
    sizeBytes: 9,
    mediaType: 'text/plain',
    updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    created: true,
  });
  const { created: _, ...info } = written;
  expect(await files.read('notes/سلام.txt')).toEqual({ ...info, content: { kind: 'text', text: 'درود\n' } });
  expect(await files.read('notes')).toBeNull();
});

test('bytes of every value come back as they were', async () => {
  const files = open();
  const bytes = Array.from({ length: 1000 }, (_, index) => index % 256);
  expect(await files.write('image.png', binary(...bytes))).toMatchObject({ sizeBytes: 1000, mediaType: 'image/png' });
  expect(await contentIn(files, 'image.png')).toEqual({ kind: 'bytes', bytes: Uint8Array.from(bytes) });
  await files.write('empty', text(''));
  expect(await contentIn(files, 'empty')).toEqual({ kind: 'text', text: '' });
});

test('writing what is there already changes nothing', async () => {
  const files = open();
  const first = await files.write('a', text('same'));
  expect(await files.write('a', text('same'))).toEqual({ ...first, created: false });
  expect(await files.past('a')).toEqual([]);
});

test('appending makes the file, keeps text as text, and joins bytes', async () => {
  const files = open();
  expect(await files.append('log', text('one\n'))).toMatchObject({ created: true, sizeBytes: 4 });
  expect(await files.append('log', text('two\n'))).toMatchObject({ created: false, sizeBytes: 8 });
  expect(await contentIn(files, 'log')).toEqual({ kind: 'text', text: 'one\ntwo\n' });
  await files.append('log', binary(0, 255));
  expect(await contentIn(files, 'log')).toEqual({
    kind: 'bytes',
    bytes: Uint8Array.from([...Buffer.from('one\ntwo\n'), 0, 255]),
  });
});

test('of many that append at once, none is lost', async () => {
  const files = open();
  await Promise.all(Array.from({ length: 10 }, (_, index) => files.append('log', text(`${index}\n`))));
  const content = await contentIn(files, 'log');
  const lines = content?.kind === 'text' ? content.text.trim().split('\n').sort() : [];
  expect(lines).toEqual('0123456789'.split(''));
});

test('a moved file keeps its version and its past, and takes nobody’s place', async () => {
  const files = open();
  await files.write('a', text('one'));
  const { version } = await files.write('a', text('two'));
  await files.write('taken', text('other'));
  await expect(files.move('a', 'taken')).rejects.toMatchObject({ code: 'file_exists' });
  await expect(files.move('a', 'a')).rejects.toMatchObject({ code: 'file_exists' });
  expect(await files.move('none', 'b')).toBeNull();
  expect(await files.move('none', 'taken')).toBeNull();
  expect(await files.move('a', 'dir/b')).toMatchObject({ path: 'dir/b', version });
  expect(await paths(files)).toEqual(['dir/b', 'taken']);
  await files.restore('dir/b');
  expect(await contentIn(files, 'dir/b')).toEqual({ kind: 'text', text: 'one' });
});

test('lists are by path, from a prefix, by a glob, page by page', async () => {
  const files = open();
  for (const path of ['b/2.md', 'b/10.md', 'B.txt', 'a_b.md', 'b/c/x.md', 'axb.md'])
    await files.write(path, text(path));
  expect(await paths(files)).toEqual(['B.txt', 'a_b.md', 'axb.md', 'b/10.md', 'b/2.md', 'b/c/x.md']);
  expect(await paths(files, { prefix: 'b/' })).toEqual(['b/10.md', 'b/2.md', 'b/c/x.md']);
  expect(await paths(files, { prefix: 'a_' })).toEqual(['a_b.md']);
  expect(await paths(files, { limit: 2, after: 'a_b.md' })).toEqual(['axb.md', 'b/10.md']);
  expect(await paths(files, { pattern: globPattern('b/*.md') })).toEqual(['b/10.md', 'b/2.md']);
});

test('a search names file and line, takes the words as they stand, and leaves binary files out', async () => {
  const files = open();
  await files.write('a.md', text('# Tea\r\n100% Leaf\r\nnothing\r\n'));
  await files.write('b/c.txt', text('tea\n\nTEA and leaf'));
  await files.write('image', binary(...Buffer.from('tea'), 0));
  const search = (query: string, more: { caseSensitive?: boolean; glob?: string; limit?: number } = {}) =>
    files.search({
      query,
      caseSensitive: more.caseSensitive ?? false,
      pattern: more.glob === undefined ? null : globPattern(more.glob),
      limit: more.limit ?? 10,
    });
  expect(await search('tea')).toEqual([
    { path: 'a.md', line: 1, text: '# Tea' },
    { path: 'b/c.txt', line: 1, text: 'tea' },
    { path: 'b/c.txt', line: 3, text: 'TEA and leaf' },
  ]);
  expect(await search('tea', { caseSensitive: true })).toEqual([{ path: 'b/c.txt', line: 1, text: 'tea' }]);
  expect(await search('0% l')).toEqual([{ path: 'a.md', line: 2, text: '100% Leaf' }]);
  expect(await search('.*')).toEqual([]);
  expect(await search('leaf', { glob: '*.txt' })).toEqual([{ path: 'b/c.txt', line: 3, text: 'TEA and leaf' }]);
  expect(await search('tea', { limit: 1 })).toHaveLength(1);
});

test('a long line is cut around what was found', async () => {
  const files = open();
  await files.write('long', text(`${'x'.repeat(5000)}needle${'y'.repeat(5000)}`));
  const [found] = await files.search({ query: 'needle', caseSensitive: true, pattern: null, limit: 1 });
  expect(found?.text).toMatch(/^…x{100}needley{294}…$/);
});

test('files of somebody else do not exist', async () => {
  const [mine, stranger] = [open(), open()];
  const { version } = await mine.write('a', text('private'));
  await mine.write('a', text('private again'));
  expect([
    await stranger.read('a'),
    await stranger.read('a', version),
    await stranger.list(all),
    await stranger.past('a'),
    await stranger.search({ query: 'private', caseSensitive: false, pattern: null, limit: 10 }),
    await stranger.move('a', 'b'),
    await stranger.remove('a'),
  ]).toEqual([null, null, [], [], [], null, null]);
  expect(await stranger.write('a', text('theirs'))).toMatchObject({ created: true });
  expect(await contentIn(mine, 'a')).toEqual({ kind: 'text', text: 'private again' });
});
