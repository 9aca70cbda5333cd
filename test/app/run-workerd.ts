import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Miniflare } from 'miniflare';

const config = readFileSync('wrangler.toml', 'utf8');
const setting = (name: string) => new RegExp(`^${name} = "([^"]+)"`, 'm').exec(config)?.[1] ?? '';
const flags = /^compatibility_flags = \[(.*)\]/m.exec(config)?.[1] ?? '';

/**
 * A bundled Worker in workerd on a free port of this machine, with the settings of wrangler.toml. It is Miniflare, wrangler's own engine,
 * and not wrangler's test harness: that one passes outgoing requests through Node, where a provider never learns that its caller has hung up.
 */
export function runWorkerd(folder: string, vars: Record<string, string>, onLog: (line: string) => void): Miniflare {
  const names = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  const wasm = Object.fromEntries(
    names.map((name) => [
      `./${name}`,
      { type: 'wasm' as const, contents: new Uint8Array(readFileSync(join(folder, name))) },
    ]),
  );
  return new Miniflare({
    host: '127.0.0.1',
    port: 0,
    cf: false,
    handleStructuredLogs: ({ message }) => onLog(message),
    workers: [
      {
        config: {
          name: 'edgewise-under-test',
          compatibilityDate: setting('compatibility_date'),
          compatibilityFlags: flags.split(',').map((flag) => flag.trim().replaceAll('"', '')),
          env: Object.fromEntries(Object.entries(vars).map(([name, value]) => [name, { type: 'text', value }])),
          manifest: {
            mainModule: 'index.js',
            modules: { 'index.js': { type: 'esm', contents: readFileSync(join(folder, 'index.js'), 'utf8') }, ...wasm },
          },
        },
      },
    ],
  });
}
