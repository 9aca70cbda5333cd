import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../src/app.ts';
import { BUILT_IN_SERVERS } from '../../src/mcp/serve-mcp.ts';
import { servedRoutes } from './served-routes.ts';

const documents = ['README.md', 'CONTRIBUTING.md', '.dev.vars.example'];
const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts;

test.each(documents)('every path that %s names exists', (document) => {
  const text = readFileSync(document, 'utf8');
  const named = text.matchAll(
    /(?<![\w/.-])((?:src|test|local|bench|docs|examples|migrations|\.ci|\.github)\/[\w./-]*[\w-])/g,
  );
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

test("the routes that the README names are the app's", () => {
  const text = readFileSync('README.md', 'utf8');
  const named = [...text.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`\s?]*)`/g)].map(([, route = '']) => route);
  const app = createApp(() => {
    throw new Error('no request is made');
  });
  // One endpoint serves every built-in server; the README names the servers.
  const served = servedRoutes(app).flatMap((route) =>
    route.endsWith('/mcp/{name}') ? BUILT_IN_SERVERS.map((name) => route.replace('{name}', name)) : [route],
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((route) => !served.includes(route))).toEqual([]);
});
