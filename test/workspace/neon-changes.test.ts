import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import type { Expected, Workspace } from '../../src/workspace/workspace.ts';
import {
  FILE_MAX_BYTES,
  WORKSPACE_MAX_BYTES,
  PAST_MAX_BYTES,
  PAST_MAX_OF_FILE,
  WORKSPACE_MAX_FILES,
} from '../../src/workspace/workspace-limits.ts';
import { binary, contentIn, openWorkspaces, ownerName, text } from './workspaces-under-test.ts';

const all = { prefix: '', pattern: null, limit: 100, after: null };

let database: Database;
let open: (owner?: string) => Workspace;
let close: () => Promise<void>;
beforeAll(async () => ({ database, open, close } = await openWorkspaces()), 60_000);
afterAll(() => close());

describe('safe changes', () => {
  const changed = { code: 'file_changed', status: 412 };

  test('a write or a delete that expects another state changes nothing', async () => {
    const files = open();
    const write = (content: string, expected: Expected) => files.write('a', { ...text(content), expected });
    await expect(write('x', 'any')).rejects.toMatchObject(changed);
    const { version } = await write('one', 'nothing');
    await expect(write('x', 'nothing')).rejects.toMatchObject(changed);
    await write('two', { version });
    await expect(write('x', { version })).rejects.toMatchObject(changed);
    await expect(files.remove('a', { version })).rejects.toMatchObject(changed);
    expect(await contentIn(files, 'a')).toEqual({ kind: 'text', text: 'two' });
  });

  test('of two that write over the same version, one wins', async () => {
    const files = open();
    const { version } = await files.write('a', text('base'));
    const write = (content: string) => files.write('a', { ...text(content), expected: { version } });
    const results = await Promise.allSettled([write('left'), write('right')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('taking back', () => {
  test('an overwrite, and the taking back itself', async () => {
    const files = open();
    await files.write('a', text('one'));
    await files.write('a', binary(1));
    expect(await files.restore('a')).toMatchObject({ created: false, mediaType: 'text/plain' });
    expect(await contentIn(files, 'a')).toEqual({ kind: 'text', text: 'one' });
    await files.restore('a');
    expect(await contentIn(files, 'a')).toEqual({ kind: 'bytes', bytes: Uint8Array.of(1) });
  });

  test('a delete, once the file is gone', async () => {
    const files = open();
    const written = await files.write('a', text('one'));
    expect(await files.remove('a')).toMatchObject({ version: written.version });
    expect([await files.read('a'), await files.remove('a'), await files.list(all)]).toEqual([null, null, []]);
    expect(await contentIn(files, 'a', written.version)).toEqual({ kind: 'text', text: 'one' });
    expect(await files.restore('a')).toMatchObject({ created: true });
    expect(await contentIn(files, 'a')).toEqual({ kind: 'text', text: 'one' });
  });

  test('any of the last states, of which so many are kept', async () => {
    const files = open();
    const written = [];
    for (let turn = 0; turn < PAST_MAX_OF_FILE + 3; turn++) written.push(await files.write('a', text(`state ${turn}`)));
    const versions = written.map(({ version }) => version);
    const past = (await files.past('a')).map(({ version }) => version);
    expect(past).toEqual(versions.slice(2, -1).reverse());
    await files.restore('a', versions[5]);
    expect(await contentIn(files, 'a')).toEqual({ kind: 'text', text: 'state 5' });
    await expect(files.restore('a', versions[0])).rejects.toMatchObject({ code: 'version_not_found' });
    await expect(open().restore('a', versions[6])).rejects.toMatchObject({ code: 'version_not_found' });
    await expect(files.restore('never')).rejects.toMatchObject({ code: 'version_not_found' });
  });
});

test('the oldest states go first when all of them together are too large, whatever file they are of', async () => {
  const owner = ownerName();
  const files = open(owner);
  await database.execute(sql`insert into workspace_past
    (owner, path, version, text, size_bytes, media_type, updated_at, retired_at)
    select ${owner}, 'old/' || n, nextval('workspace_version'), 'x', ${PAST_MAX_BYTES / 10}::int, 'text/plain', now(),
      now() - make_interval(days => n) from generate_series(1, 12) n`);
  await files.write('a', text('one'));
  expect([await files.past('old/10'), await files.past('old/11')]).toEqual([[expect.anything()], []]);
  await files.remove('a');
  expect([await files.past('old/9'), await files.past('old/10')]).toEqual([[expect.anything()], []]);
});

describe('quotas', () => {
  test('a file that is too large is refused, also when it gets so by appending', async () => {
    const files = open();
    const full = 'x'.repeat(FILE_MAX_BYTES);
    const tooLarge = { code: 'payload_too_large' };
    await expect(files.write('a', text(`${full}x`))).rejects.toMatchObject(tooLarge);
    expect(await files.write('a', text(full))).toMatchObject({ sizeBytes: FILE_MAX_BYTES });
    await expect(files.append('a', text('x'))).rejects.toMatchObject(tooLarge);
    expect(await files.read('a')).toMatchObject({ sizeBytes: FILE_MAX_BYTES });
  });

  test('a full workspace takes no more bytes, but what is there may be replaced', async () => {
    const owner = ownerName();
    const files = open(owner);
    await seed(owner, 1, WORKSPACE_MAX_BYTES - FILE_MAX_BYTES);
    await files.write('last', text('x'.repeat(FILE_MAX_BYTES)));
    await expect(files.write('more', text('x'))).rejects.toMatchObject({ code: 'workspace_full', status: 413 });
    expect(await files.write('last', text('y'.repeat(FILE_MAX_BYTES)))).toMatchObject({ created: false });
    await files.remove('last');
    expect(await files.write('more', text('x'))).toMatchObject({ created: true });
  });

  test('of many that write at once, no more than the last place is taken', async () => {
    const owner = ownerName();
    const files = open(owner);
    await seed(owner, WORKSPACE_MAX_FILES - 1, 1);
    const results = await Promise.allSettled(['a', 'b', 'c'].map((path) => files.write(path, text(path))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'workspace_full' } });
  });

  /** Files that the quota counts as so large, without the trouble of sending them. */
  async function seed(owner: string, count: number, sizeBytes: number): Promise<void> {
    await database.execute(sql`insert into workspace_files (owner, path, version, text, size_bytes, media_type, updated_at)
      select ${owner}, 'seed/' || n, nextval('workspace_version'), 'x', ${sizeBytes}::int, 'text/plain', now()
      from generate_series(1, ${count}::int) n`);
  }
});
