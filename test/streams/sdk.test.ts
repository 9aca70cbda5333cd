import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWorker } from '../../bench/build-worker.ts';
import { writeConfigWithoutDefine } from '../../bench/config-without-define.ts';
import { runWorkerd } from '../app/run-workerd.ts';
import { borders } from './sdk/borders.ts';
import { scenarioNames } from './sdk/run-scenario.ts';

/** Answers a query of the scenario Worker. */
type Ask = (query: Record<string, string>) => Promise<string>;

const ENTRY = 'test/streams/sdk/index.ts';
const FOLDERS = { memory: 'dist/test-streams/memory', platform: 'dist/test-streams/platform' } as const;
const started: { dispose(): Promise<void> }[] = [];
let asks: Record<'workerd' | 'node', Record<'memory' | 'platform', Ask>>;

beforeAll(async () => {
  // Beside the folder, which a build clears.
  const config = `${FOLDERS.platform}-config/wrangler.toml`;
  writeConfigWithoutDefine(config);
  await Promise.all([
    buildWorker(FOLDERS.memory, { entry: ENTRY, define: inMemory() }),
    buildWorker(FOLDERS.platform, { entry: ENTRY, config }),
  ]);
  asks = {
    workerd: { memory: await inWorkerd(FOLDERS.memory), platform: await inWorkerd(FOLDERS.platform) },
    node: { memory: await inNode(FOLDERS.memory), platform: await inNode(FOLDERS.platform) },
  };
}, 120_000);

afterAll(() => Promise.all(started.map((worker) => worker.dispose())));

/** As wrangler.toml has it when it is switched on, so that the gate also stands when it is not. */
function inMemory(): Record<string, string> {
  const names = ['ReadableStream', 'TransformStream', 'TextDecoderStream', 'TextEncoderStream'];
  return Object.fromEntries(names.map((name) => [name, `globalThis.inMemoryStreams.${name}`]));
}

async function inWorkerd(folder: string): Promise<Ask> {
  const worker = runWorkerd(folder, {}, () => undefined);
  started.push(worker);
  const url = await worker.ready;
  return async (query) => {
    const response = await fetch(new URL(`?${new URLSearchParams(query).toString()}`, url));
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
}

async function inNode(folder: string): Promise<Ask> {
  const loaded: unknown = await import(pathToFileURL(resolve(folder, 'index.js')).href);
  const worker = workerOf(loaded);
  return async (query) =>
    (await worker.fetch(new Request(`http://node.test/?${new URLSearchParams(query).toString()}`))).text();
}

/** The cast: a bundle that was made a moment ago has no types; its source is `sdk/index.ts`. */
function workerOf(loaded: unknown): { fetch(request: Request): Promise<Response> } {
  return (loaded as { default: { fetch(request: Request): Promise<Response> } }).default;
}

describe.each(['workerd', 'node'] as const)('in %s', (place) => {
  test('one bundle runs on streams in memory, the other on the platform', async () => {
    expect(JSON.parse(await asks[place].memory({}))).toMatchObject({ switchedOn: true });
    expect(JSON.parse(await asks[place].platform({}))).toMatchObject({ switchedOn: false });
  });

  test.concurrent.each(scenarioNames)('%s: the same with both', async (scenario) => {
    const [ours, theirs] = await Promise.all([asks[place].memory({ scenario }), asks[place].platform({ scenario })]);
    expect(theirs).not.toBe('"it hangs"');
    expect(JSON.parse(ours)).toEqual(JSON.parse(theirs));
  });

  const inBoth = [...borders.keys()];
  test.each(inBoth)('the border %s: the same with both', async (border) => {
    expect(JSON.parse(await asks[place].memory({ border }))).toEqual(
      JSON.parse(await asks[place].platform({ border })),
    );
  });
});
