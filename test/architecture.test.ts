import { globSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const MAX_LINES = 200;

/** Which folders of src a folder may import from, its own aside. Files at the root are named with their ending. */
const MAY_IMPORT: Record<string, string[]> = {
  'errors.ts': [],
  'secret.ts': [],
  'env.ts': ['auth', 'budgets', 'errors.ts', 'secret.ts'],
  auth: ['archive', 'budgets', 'redis', 'env.ts', 'errors.ts', 'secret.ts'],
  redis: ['errors.ts', 'secret.ts'],
  seal: [],
  budgets: ['redis', 'errors.ts'],
  limits: ['budgets', 'redis'],
  observe: ['redis', 'secret.ts'],
  memory: ['auth', 'archive', 'observe', 'redis', 'errors.ts'],
  journal: ['budgets', 'memory', 'observe', 'redis', 'errors.ts'],
  archive: ['memory', 'observe', 'redis', 'tasks', 'text', 'errors.ts', 'secret.ts'],
  tasks: ['archive', 'errors.ts'],
  workspace: ['archive', 'errors.ts'],
  attachments: ['workspace', 'errors.ts'],
  logins: ['archive', 'redis', 'seal', 'errors.ts'],
  text: [],
  catalogue: ['archive', 'text', 'errors.ts'],
  knowledge: ['archive', 'text', 'errors.ts'],
  code: ['archive', 'workspace', 'errors.ts'],
  mcp: ['auth', 'catalogue', 'code', 'knowledge', 'tasks', 'tools', 'workspace', 'errors.ts'],
  'left-out': [],
  streams: [],
  prompts: ['errors.ts'],
  tools: ['auth', 'logins', 'seal', 'streams', 'env.ts', 'errors.ts'],
  model: ['knowledge', 'observe', 'streams', 'text', 'turn', 'env.ts', 'errors.ts'],
  wire: ['journal'],
  turn: [
    'archive',
    'attachments',
    'auth',
    'budgets',
    'journal',
    'limits',
    'memory',
    'model',
    'observe',
    'prompts',
    'redis',
    'tools',
    'wire',
    'errors.ts',
    'text',
  ],
  'services.ts': [
    'auth',
    'budgets',
    'catalogue',
    'knowledge',
    'code',
    'limits',
    'logins',
    'memory',
    'model',
    'observe',
    'prompts',
    'seal',
    'tasks',
    'turn',
    'workspace',
    'env.ts',
  ],
  http: [
    'attachments',
    'archive',
    'auth',
    'budgets',
    'catalogue',
    'code',
    'journal',
    'knowledge',
    'limits',
    'logins',
    'mcp',
    'memory',
    'observe',
    'prompts',
    'seal',
    'tasks',
    'text',
    'tools',
    'turn',
    'wire',
    'workspace',
    'errors.ts',
    'secret.ts',
    'services.ts',
  ],
  'app.ts': ['http', 'errors.ts', 'wiring.ts'],
  'index.ts': ['app.ts', 'wiring.ts', 'archive', 'streams', 'turn'],
  pages: [],
};

/** Which files may import a vendor's code. Types may be imported anywhere. */
const VENDORS: [vendor: RegExp, files: RegExp][] = [
  [/^@upstash\/redis/, /^src\/(redis\/|(\w+\/)([\w-]+-)?upstash\.ts$)/],
  [/^@upstash\/ratelimit/, /^src\/limits\/upstash\.ts$/],
  [
    /^(drizzle-orm|@neondatabase)/,
    /^src\/(archive\/(tables|neon[\w-]*)|tasks\/neon|(auth|workspace|catalogue|code|logins|knowledge)\/(tables|neon[\w-]*))\.ts$/,
  ],
  [/^(quickjs-emscripten|@jitl\/)/, /^src\/code\/quickjs[\w-]*\.ts$/],
  [/^sucrase/, /^src\/code\/sucrase\.ts$/],
  [/^htmlparser2/, /^src\/knowledge\/htmlparser2\.ts$/],
  [/^jose$/, /^src\/auth\/jose\.ts$/],
  [/^@modelcontextprotocol\/client/, /^src\/(tools|logins)\//],
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

/** Wiring alone may pick vendors: `src/wiring.ts` and the parts of it. */
function isWiring(file: string): boolean {
  return file === 'src/wiring.ts' || file.startsWith('src/wiring/');
}

/** `src/http/dialects/x.ts` belongs to `http`, `src/app.ts` to itself. */
function placeOf(file: string): string {
  return file.split('/')[1] ?? file;
}

describe('who may import whom', () => {
  test.each(sources.filter((file) => !isWiring(file)))('%s', (file) => {
    const place = placeOf(file);
    const allowed = MAY_IMPORT[place];
    expect(allowed, `${place} is missing from the table`).toBeDefined();
    const places = importsOf(file)
      .filter(({ from }) => from.startsWith('.'))
      .map(({ from }) => posix.join(dirname(file).replaceAll('\\', '/'), from))
      .filter((target) => target.startsWith('src/'))
      .map(placeOf)
      .filter((target) => target !== place && !allowed?.includes(target));
    expect(places, `${file} imports from these folders`).toEqual([]);
  });

  test.each(sources)('%s imports no foreign vendor', (file) => {
    const foreign = importsOf(file)
      .filter(({ typeOnly }) => !typeOnly && !isWiring(file))
      .map(({ from }) => from)
      .filter((from) => VENDORS.some(([vendor, files]) => vendor.test(from) && !files.test(file)));
    expect(foreign).toEqual([]);
  });
});

test.each(everything)(`%s has at most ${MAX_LINES} lines`, (file) => {
  expect(readFileSync(file, 'utf8').split('\n').length - 1).toBeLessThanOrEqual(MAX_LINES);
});

test('no folder or file is named after nothing in particular', () => {
  const vague = /(^|\/)(utils?|helpers?|lib|common|misc|types)(\/|\.tsx?$)/;
  expect(everything.filter((file) => vague.test(file))).toEqual([]);
});
