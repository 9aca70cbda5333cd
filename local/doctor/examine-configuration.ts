import { accessOf } from '../../src/auth/access.ts';
import { ENV_NAMES, envSchema, type Env } from '../../src/env.ts';
import { AppError } from '../../src/errors.ts';
import { BUILT_IN_SERVERS } from '../../src/mcp/serve-mcp.ts';
import { modelCatalogue } from '../../src/model/configured-models.ts';
import { mcpServers, type McpServerConfig } from '../../src/tools/mcp-servers.ts';
import { fine, note, wrong, type Finding } from './finding.ts';

export interface Examined {
  findings: Finding[];
  /** Null when the variables do not make sense: then nothing can be probed. */
  env: Env | null;
  servers: McpServerConfig[];
}

/** What can be said of the variables without asking anybody. No finding holds a value of one. */
export function examineConfiguration(vars: Readonly<Record<string, string>>): Examined {
  const parsed = envSchema.safeParse(vars);
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ path: [name], message }) =>
      wrong(String(name), vars[String(name)] ? message : `is not set: ${message}`),
    );
    return { findings, env: null, servers: [] };
  }
  const env = parsed.data;
  const findings: Finding[] = [fine('variables', `${countKnown(vars)} are set, and each has a form that fits`)];
  const servers: McpServerConfig[] = [];
  findings.push(...refusalOf('who may call', () => void accessOf(env)));
  findings.push(...refusalOf('models', () => void modelCatalogue(env).choose(undefined)));
  findings.push(
    ...refusalOf(
      'MCP_SERVERS',
      () => void servers.push(...mcpServers(env.MCP_SERVERS?.reveal(), vars, BUILT_IN_SERVERS)),
    ),
  );
  return { findings: [...findings, ...advise(env, servers)], env, servers };
}

function countKnown(vars: Readonly<Record<string, string>>): number {
  return ENV_NAMES.filter((name) => vars[name]).length;
}

/** What the Worker itself would refuse at its first request. */
function refusalOf(about: string, check: () => void): Finding[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof AppError) return [wrong(about, error.message)];
    throw error;
  }
}

/** What works, but perhaps not as its owner thinks. */
function advise(env: Env, servers: readonly McpServerConfig[]): Finding[] {
  const isProduction = env.ENVIRONMENT === 'production';
  const isOpen = env.ALLOW_ANONYMOUS ?? !isProduction;
  const sealed = servers.filter(({ auth }) => auth?.type === 'oauth' || auth?.type === 'userSecret');
  const advice: [boolean, string, string][] = [
    [!env.ADMIN_TOKEN, 'ADMIN_TOKEN', 'is not set: the admin routes answer 503, and no API key can be issued'],
    [!env.DATABASE_URL, 'DATABASE_URL', 'is not set: no archive, tasks, files, knowledge or products'],
    [
      env.HISTORY_STORAGE_BACKEND === 'none',
      'HISTORY_STORAGE_BACKEND',
      `is none: a session that rests for ${env.SESSION_TIMEOUT_MINUTES} minutes is forgotten for good`,
    ],
    [isProduction && isOpen, 'ALLOW_ANONYMOUS', 'is true: anybody may spend your tokens'],
    [isOpen && !env.COOKIE_SECRET, 'COOKIE_SECRET', "is not set: a visitor's cookie is random, but not signed"],
    [
      isProduction && env.CORS_ORIGINS.some((origin) => origin.includes('localhost')),
      'CORS_ORIGINS',
      'names localhost: pages on your own machine may call this deployment',
    ],
    [
      sealed.length > 0 && env.SEALING_KEYS.length === 0,
      'SEALING_KEYS',
      `is not set: nobody can log in to ${sealed.map(({ name }) => name).join(', ')}`,
    ],
    [
      env.TOOL_APPROVAL === 'ask' && !env.TOOL_APPROVAL_SECRET,
      'TOOL_APPROVAL_SECRET',
      'is not set: what is asked is not signed',
    ],
  ];
  return advice.filter(([applies]) => applies).map(([, about, says]) => note(about, says));
}
