import { readdirSync, readFileSync } from 'node:fs';

const settings = readFileSync('wrangler.toml', 'utf8');
const compatibilityDate = /^compatibility_date = "([^"]+)"/m.exec(settings)?.[1] ?? '';
const compatibilityFlags = /^compatibility_flags = (\[.*\])/m.exec(settings)?.[1] ?? '[]';

/**
 * workerd's own configuration (Cap'n Proto text) for the bundle in `folder`, with the compatibility settings of wrangler.toml. It is
 * to lie in that folder: it names the modules by their paths from there.
 */
export function workerdConfig(folder: string, vars: Record<string, string>): string {
  // The first module is the one that is run.
  const names = readdirSync(folder).filter((name) => name.endsWith('.js') || name.endsWith('.wasm'));
  const modules = [...names.filter((name) => name.endsWith('.js')), ...names.filter((name) => name.endsWith('.wasm'))];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [${modules.map(moduleEntry).join(', ')}],
  compatibilityDate = ${text(compatibilityDate)},
  compatibilityFlags = ${compatibilityFlags},
  bindings = [${Object.entries(vars).map(binding).join(', ')}],
);
`;
}

function moduleEntry(name: string): string {
  const kind = name.endsWith('.wasm') ? 'wasm' : 'esModule';
  return `(name = ${text(name)}, ${kind} = embed ${text(name)})`;
}

function binding([name, value]: [string, string]): string {
  return `(name = ${text(name)}, text = ${text(value)})`;
}

/** Cap'n Proto reads the escapes of C, and JSON's are among them for what stands in a URL or a setting. */
function text(value: string): string {
  return JSON.stringify(value);
}
