import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../src/app.ts';
import { BUILT_IN_SERVERS } from '../../src/mcp/serve-mcp.ts';

const documents = ['README.md', 'CONTRIBUTING.md', '.dev.vars.example'];
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts;

test.each(documents)('every path that %s names exists', (document) => {
  const text = readFileSync(document, 'utf8');
  const named = text.matchAll(/(?<![\w/.-])((?:src|test|local|bench|docs|migrations|\.ci|\.github)\/[\w./-]*[\w-])/g);
  const missing = [...named].map(([, path = '']) => path).filter((path) => !existsSync(path));
  expect(missing).toEqual([]);
});

test.each(documents)('every npm script that %s names exists', (document) => {
  const text = readFileSync(document, 'utf8');
  const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test.each(documents)('every link of %s leads somewhere', (document) => {
  const links = [...readFileSync(document, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, link = '']) => link);
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
});

test("the README's table of routes is the app's, both ways", () => {
  const table = /## Talk to it[\s\S]*?\n## /.exec(readFileSync('README.md', 'utf8'))?.[0] ?? '';
  const documented = [...table.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`]*)`/g)].map(([, route = '']) => route);
  const served = createApp(() => {
    throw new Error('no request is made');
  })
    .routes.filter(({ path }) => !path.endsWith('*'))
    .map(({ method, path }) => `${method === 'ALL' ? 'POST' : method} ${path.replaceAll(/:(\w+)(\{.+?\})?/g, '{$1}')}`);
  // One endpoint serves every built-in server; the README names the servers.
  const named = served.flatMap((route) =>
    route.endsWith('/mcp/{name}') ? BUILT_IN_SERVERS.map((name) => route.replace('{name}', name)) : [route],
  );
  expect([...new Set(documented)].sort()).toEqual([...new Set(named)].sort());
});
