import { z } from 'zod';
import { AppError } from '../errors.ts';

/** A server whose tools a turn may use. Plain data: the same in every isolate. */
export interface McpServerConfig {
  name: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** One of our own, reached in process; its tools keep their plain names. */
  builtIn: boolean;
}

/** A name that never goes to a network: requests to it are answered in process. */
const BUILT_IN_ORIGIN = 'http://built-in.invalid';

const httpUrl = z.url({ protocol: /^https?$/ }).refine((url) => !new URL(url).username, 'must not hold credentials');
const configSchema = z.object({
  mcpServers: z.record(
    z.string().regex(/^[a-z][a-z0-9-_]*$/, 'a name must match [a-z][a-z0-9-_]*'),
    z.object({ url: httpUrl, headers: z.record(z.string(), z.string()).default({}) }),
  ),
});

/**
 * The built-in servers and then those of `MCP_SERVERS`, by name: JSON in the form that MCP clients share, in which `${NAME}` inside a URL or
 * a header stands for a secret of that name. Throws AppError `configuration_error` with the place of the mistake, and no value.
 */
export function mcpServers(
  config: string | undefined,
  bindings: Readonly<Record<string, unknown>>,
  builtIn: readonly string[],
): McpServerConfig[] {
  const own = builtIn.map((name) => ({ name, url: `${BUILT_IN_ORIGIN}/mcp/${name}`, headers: {}, builtIn: true }));
  const remote = Object.entries(config === undefined ? {} : parse(resolve(parseJson(config), bindings, [])))
    .map(([name, server]) => ({ name, ...server, builtIn: false }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const taken = remote.find(({ name }) => builtIn.includes(name));
  if (taken) throw wrong(['mcpServers', taken.name], 'the name of a built-in server');
  return [...own, ...remote];
}

function parseJson(config: string): unknown {
  try {
    return JSON.parse(config);
  } catch {
    throw wrong([], 'not JSON');
  }
}

/** Replaces references in every text, before anything is checked. */
function resolve(value: unknown, bindings: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
      const secret = bindings[name];
      if (typeof secret !== 'string' || secret === '') throw wrong(path, `there is no secret ${name}`);
      return secret;
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, bindings, [...path, key])]));
}

function parse(value: unknown): z.infer<typeof configSchema>['mcpServers'] {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data.mcpServers;
  const [issue] = result.error.issues;
  throw wrong(issue?.path.map(String) ?? [], issue?.message ?? 'not valid');
}

function wrong(path: readonly string[], problem: string): AppError {
  const place = ['MCP_SERVERS', ...path].join('.');
  return new AppError('configuration_error', `The deployment is not configured correctly. ${place}: ${problem}`);
}
