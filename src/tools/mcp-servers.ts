import { z } from 'zod';
import { AppError } from '../errors.ts';
import {
  accessSchema,
  forwardedHeadersSchema,
  type ForwardedHeader,
  type ServerAccess,
} from '../logins/server-access.ts';
import { approvalFields, type ApprovalRules } from './approval-rules.ts';

/** A server whose tools a turn may use. Plain data: the same in every isolate. */
export interface McpServerConfig extends ApprovalRules {
  name: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Beside the headers, or instead of them. */
  auth?: ServerAccess | undefined;
  /** Headers of the caller's request that are passed on. */
  forwardHeaders?: readonly ForwardedHeader[] | undefined;
  /** One of our own, reached in process; its tools keep their plain names. */
  builtIn: boolean;
}

/** A name that never goes to a network: requests to it are answered in process. */
const BUILT_IN_ORIGIN = 'http://built-in.invalid';

const httpUrl = z.url({ protocol: /^https?$/ }).refine((url) => !new URL(url).username, 'must not hold credentials');
const configSchema = z.object({
  mcpServers: z.record(z.string().regex(/^[a-z][a-z0-9-_]*$/, 'a name must match [a-z][a-z0-9-_]*'), z.unknown()),
});
const serverSchema = z.object({
  url: httpUrl,
  headers: z.record(z.string(), z.string()).default({}),
  auth: accessSchema.optional(),
  forwardHeaders: forwardedHeadersSchema.optional(),
  ...approvalFields,
});
/** Where a built-in server is, is not for configuration to say. */
const builtInSchema = z.object({
  url: z.undefined('the name of a built-in server').optional(),
  approval: approvalFields.approval,
  tools: approvalFields.tools,
});

/**
 * The built-in servers and then those of `MCP_SERVERS`, by name: JSON in the form that MCP clients share, in which `${NAME}` inside a URL or
 * a header stands for a secret of that name. An entry with a built-in server's name holds its approval rules only. Throws AppError
 * `configuration_error` with the place of the mistake, and no value.
 */
export function mcpServers(
  config: string | undefined,
  bindings: Readonly<Record<string, unknown>>,
  builtIn: readonly string[],
): McpServerConfig[] {
  const text = config === undefined ? { mcpServers: {} } : resolve(parseJson(config), bindings, []);
  const { mcpServers: entries } = parse(configSchema, text, []);
  const own = builtIn.map((name) => {
    const { approval, tools } = parse(builtInSchema, entries[name] ?? {}, ['mcpServers', name]);
    const rules = { ...(approval && { approval }), ...(tools && { tools }) };
    return { name, url: `${BUILT_IN_ORIGIN}/mcp/${name}`, headers: {}, builtIn: true, ...rules };
  });
  const remote = Object.entries(entries)
    .filter(([name]) => !builtIn.includes(name))
    .map(([name, entry]) => ({ name, ...parse(serverSchema, entry, ['mcpServers', name]), builtIn: false }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
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

function parse<T>(schema: z.ZodType<T>, value: unknown, place: readonly string[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw wrong([...place, ...(issue?.path.map(String) ?? [])], issue?.message ?? 'not valid');
}

function wrong(path: readonly string[], problem: string): AppError {
  const place = ['MCP_SERVERS', ...path].join('.');
  return new AppError('configuration_error', `The deployment is not configured correctly. ${place}: ${problem}`);
}
