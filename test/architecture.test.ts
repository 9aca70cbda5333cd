import { globSync, readFileSync } from 'node:fs';
import { dirname, normalize, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const MAX_LINES = 200;

/** Which folders of src a folder may import from, its own aside. Files at the root are named with their ending. */
const MAY_IMPORT: Record<string, string[]> = {
  'errors.ts': [],
  'env.ts': ['errors.ts'],
  auth: [],
  redis: ['errors.ts'],
  limits: [],
  observe: ['redis'],
  memory: ['auth', 'archive', 'redis', 'errors.ts'],
  journal: ['memory', 'redis', 'errors.ts'],
  archive: ['memory', 'redis', 'tasks', 'errors.ts'],
  tasks: ['archive', 'errors.ts'],
  mcp: ['auth', 'tasks', 'errors.ts'],
  tools: ['auth', 'env.ts', 'errors.ts'],
  model: ['turn', 'env.ts', 'errors.ts'],
  wire: ['journal'],
  turn: ['archive', 'auth', 'journal', 'limits', 'memory', 'model', 'observe', 'tools', 'wire', 'errors.ts'],
  'services.ts': ['auth', 'limits', 'memory', 'model', 'observe', 'tasks', 'turn', 'env.ts'],
  http: ['auth', 'journal', 'limits', 'mcp', 'memory', 'observe', 'turn', 'wire', 'errors.ts', 'services.ts'],
  'app.ts': ['http', 'errors.ts', 'wiring.ts'],
  'index.ts': ['app.ts', 'wiring.ts', 'archive', 'turn'],
  pages: [],
};

/** Which files may import a vendor's code. Types may be imported anywhere. */
const VENDORS: [vendor: RegExp, files: RegExp][] = [
  [/^@upstash\/redis/, /^src\/(redis\/|(\w+\/)([\w-]+-)?upstash\.ts$)/],
  [/^@upstash\/ratelimit/, /^src\/limits\/upstash\.ts$/],
  [/^(drizzle-orm|@neondatabase)/, /^src\/(archive\/(tables|neon[\w-]*)|tasks\/neon)\.ts$/],
  [/^@modelcontextprotocol\/client/, /^src\/tools\//],
  [/^@modelcontextprotocol\/server/, /^src\/mcp\//],
  [/^@ai-sdk\/react/, /^src\/pages\//],
  [/^@ai-sdk\/(?!react)/, /^src\/model\//],
  [/^ai$/, /^src\/(model|tools|wire|pages)\//],
  [/^hono/, /^src\/(http\/|app\.ts$)/],
];

const sources = globSync('src/**/*.{ts,tsx}')
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const everything = globSync('{src,local,test,bench,examples}/**/*.{ts,tsx}').map((file) => file.replaceAll('\\', '/'));

function importsOf(file: string): { from: string; typeOnly: boolean }[] {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm);
  return [...statements].map(([, type, from = '']) => ({ from, typeOnly: type !== undefined }));
}

/** `src/http/dialects/x.ts` belongs to `http`, `src/app.ts` to itself. */
function placeOf(file: string): string {
  return file.split('/')[1] ?? file;
}

describe('who may import whom', () => {
  test.each(sources.filter((file) => file !== 'src/wiring.ts'))('%s', (file) => {
    const place = placeOf(file);
    const allowed = MAY_IMPORT[place];
    expect(allowed, `${place} is missing from the table`).toBeDefined();
    for (const { from } of importsOf(file).filter((item) => item.from.startsWith('.'))) {
      const target = posix.join(dirname(file).replaceAll('\\', '/'), from);
      if (!target.startsWith('src/')) continue;
      if (placeOf(target) !== place) expect(allowed, `${file} imports ${normalize(target)}`).toContain(placeOf(target));
    }
  });

  test.each(sources)('%s imports no foreign vendor', (file) => {
    for (const { from, typeOnly } of importsOf(file)) {
      const rule = VENDORS.find(([vendor]) => vendor.test(from));
      if (rule && !typeOnly && file !== 'src/wiring.ts') expect(file, `${file} imports ${from}`).toMatch(rule[1]);
    }
  });
});

test.each(everything)(`%s has at most ${MAX_LINES} lines`, (file) => {
  expect(readFileSync(file, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(MAX_LINES);
});

test('no folder or file is named after nothing in particular', () => {
  const vague = /(^|\/)(utils?|helpers?|lib|common|misc|types)(\/|\.tsx?$)/;
  expect(everything.filter((file) => vague.test(file))).toEqual([]);
});
