import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/archive/neon-database.ts';
import { Secret } from '../../src/secret.ts';
import { ADMIN_TOKEN, issueKey } from './issue-key.ts';
import { spawnWorker, type MortalWorker } from './spawn-worker.ts';
import { startWorker } from './start-worker.ts';

const DOCUMENTS = 40;

let folder: string;
let library: string;
beforeEach(() => {
  library = `ingest ${crypto.randomUUID()}`;
  folder = mkdtempSync(join(tmpdir(), 'ingest-'));
  mkdirSync(join(folder, 'deep'));
  for (let index = 0; index < DOCUMENTS; index += 1) writeFileSync(join(folder, 'deep', `${index}.md`), textOf(index));
});

/** Six chunks each. */
function textOf(index: number): string {
  const section = (number: number) => `## Part ${number}\n\n${`Document ${index} says ${number}. `.repeat(20)}\n\n`;
  return `# Document ${index}\n\nAbout it.\n\n${[1, 2, 3, 4, 5].map(section).join('')}`;
}

function ingest(url: string, key: string, args: string[] = ['--library', library]) {
  const child = spawn(process.execPath, ['local/ingest.ts', folder, '--url', url, ...args], {
    env: { ...process.env, EDGEWISE_API_KEY: key },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data));
  child.stderr.on('data', (data: Buffer) => (output += data));
  const ended = once(child, 'close').then(([code]) => ({ code, output }));
  return { child, ended, lines: createInterface(child.stdout) };
}

/** When the first documents are in and others are under way. */
async function afterFirstBatch({ lines }: ReturnType<typeof ingest>): Promise<void> {
  for await (const line of lines) if (line.startsWith('[10/')) return;
  throw new Error('It ended before its first batch.');
}

/** Documents, chunks, and chunks that stand twice or too many. */
async function stored() {
  const { DATABASE_URL = '', NEON_FETCH_ENDPOINT } = inject('vars');
  const database = openDatabase({ DATABASE_URL: new Secret(DATABASE_URL), NEON_FETCH_ENDPOINT });
  const result = await database?.execute(sql`select count(distinct document.id)::int as documents,
      count(distinct document.source)::int as sources, count(*)::int as chunks,
      count(distinct (document.source, chunk.starts_at))::int as different, sum(document.chunks)::int as promised
    from knowledge_documents document join knowledge_chunks chunk on chunk.document_id = document.id
    where document.library = ${library}`);
  return result?.rows[0];
}

const EVERY_ONE_ONCE = {
  documents: DOCUMENTS,
  sources: DOCUMENTS,
  chunks: DOCUMENTS * 6,
  different: DOCUMENTS * 6,
  promised: DOCUMENTS * 6 * 6,
};

async function mortal(): Promise<MortalWorker> {
  const worker = await spawnWorker({ ADMIN_TOKEN });
  onTestFinished(() => {
    try {
      worker.kill();
    } catch {
      // The test has killed it.
    }
  });
  return worker;
}

test('a folder is ingested with progress, again at no cost, and what changed is replaced', async () => {
  const worker = await startWorker({ ADMIN_TOKEN });
  onTestFinished(() => worker.close());
  writeFileSync(join(folder, 'picture.png'), 'no document');
  const { key } = await issueKey(worker.url);
  const first = await ingest(worker.url, key).ended;
  expect(first.output).toContain('[40/40] added deep/9.md, 6 chunks');
  expect(first).toMatchObject({
    code: 0,
    output: expect.stringContaining('40 added, 0 replaced, 0 unchanged, 0 failed; 1 files of other kinds'),
  });
  expect(await stored()).toEqual(EVERY_ONE_ONCE);
  writeFileSync(join(folder, 'deep', '7.md'), '# Short');
  writeFileSync(join(folder, 'deep', '8.md'), ' ');
  const again = await ingest(worker.url, key).ended;
  expect(again).toMatchObject({
    code: 1,
    output: expect.stringContaining('0 added, 1 replaced, 38 unchanged, 1 failed'),
  });
  expect(again.output).toContain('error deep/8.md: text: holds nothing to read.');
}, 60_000);

test('an ingest that is killed half way and run again leaves every document once', async () => {
  const worker = await startWorker({ ADMIN_TOKEN });
  onTestFinished(() => worker.close());
  const { key } = await issueKey(worker.url);
  const killed = ingest(worker.url, key);
  await afterFirstBatch(killed);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await ingest(worker.url, key).ended).toMatchObject({ code: 0 });
  expect(await stored()).toEqual(EVERY_ONE_ONCE);
}, 60_000);

test('a Worker that is killed half way through an ingest leaves every document whole or not at all, and the next has each once', async () => {
  const worker = await mortal();
  const { key } = await issueKey(worker.url);
  const running = ingest(worker.url, key);
  await afterFirstBatch(running);
  worker.kill();
  expect(await running.ended).toMatchObject({ code: 1, output: expect.stringContaining('does not answer') });
  const { documents, chunks } = Object(await stored());
  expect(chunks).toBe(documents * 6);
  const next = await mortal();
  expect(await ingest(next.url, key).ended).toMatchObject({ code: 0 });
  expect(await stored()).toEqual(EVERY_ONE_ONCE);
}, 60_000);

test.each([
  ['', [], 'Set EDGEWISE_API_KEY, or share with --shared'],
  ['key', ['--nonsense'], "Unknown option '--nonsense'"],
  ['key', ['--url', 'somewhere'], '--url is not an address'],
  ['key', ['more'], 'Name one folder'],
])('with the key %j, %j is refused with a sentence', async (key, args, message) => {
  expect(await ingest('http://127.0.0.1:9', key, args).ended).toMatchObject({
    code: 1,
    output: expect.stringContaining(message),
  });
});
