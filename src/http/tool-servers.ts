import { z } from 'zod';
import { AppError } from '../errors.ts';
import { LoginFailedError } from '../logins/login-errors.ts';
import type { McpServerConfig } from '../tools/mcp-servers.ts';
import type { AppContext } from './context.ts';
import { loginBrowser } from './login-browser.ts';
import { parseBody } from './parse-body.ts';

const SECRET_MAX = 8192;
/** What fits into a header. */
export const secretSchema = z.object({
  secret: z
    .string()
    .min(1)
    .max(SECRET_MAX)
    .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'must be visible ASCII, as headers hold it'),
});

type AuthType = NonNullable<McpServerConfig['auth']>['type'];
const AUTH_NAMES: Record<AuthType, string> = {
  none: 'none',
  userSecret: 'user_secret',
  clientCredentials: 'client_credentials',
  oauth: 'oauth',
};
const isPersonal = ({ auth }: McpServerConfig) => auth?.type === 'oauth' || auth?.type === 'userSecret';

/** The remote servers, and what the caller is to each of them. */
export async function listToolServers(c: AppContext): Promise<Response> {
  const { tools, logins } = c.get('services');
  const servers = tools.remoteServers();
  const personal = servers.filter(isPersonal);
  const status = await logins.status(c.get('caller').owner, personal);
  return c.json({
    servers: servers.map((server) => ({
      name: server.name,
      auth: AUTH_NAMES[server.auth?.type ?? 'none'],
      authorized: isPersonal(server) ? (status[personal.indexOf(server)] ?? false) : true,
      forward_headers: server.forwardHeaders ?? [],
    })),
  });
}

export async function readLogin(c: AppContext): Promise<Response> {
  const server = serverOf(c, 'oauth');
  return c.json({ server: server.name, logged_in: await isAuthorized(c, server) });
}

/** Answers the address at which a person logs in; the browser that asks gets a cookie by which it is known when it comes back. */
export async function startLogin(c: AppContext): Promise<Response> {
  const server = serverOf(c, 'oauth');
  return c.json({ server: server.name, url: await beginLoginFor(c, server) });
}

export async function removeLogin(c: AppContext): Promise<Response> {
  return forget(c, serverOf(c, 'oauth'));
}

/** Only whether there is one. */
export async function readSecret(c: AppContext): Promise<Response> {
  const server = serverOf(c, 'userSecret');
  return c.json({ server: server.name, set: await isAuthorized(c, server) });
}

export async function writeSecret(c: AppContext): Promise<Response> {
  const server = serverOf(c, 'userSecret');
  const { secret } = await parseBody(c, secretSchema);
  await c.get('services').logins.keepSecret(c.get('caller').owner, server, secret);
  return c.body(null, 204);
}

export async function removeSecret(c: AppContext): Promise<Response> {
  return forget(c, serverOf(c, 'userSecret'));
}

/** Throws AppError `login_failed` with a sentence that is safe to show. */
export async function beginLoginFor(c: AppContext, server: McpServerConfig): Promise<string> {
  const { logins, origin, log } = c.get('services');
  try {
    return await logins.begin({ owner: c.get('caller').owner, browser: await loginBrowser(c) }, server, origin);
  } catch (error) {
    if (!(error instanceof LoginFailedError)) throw error;
    log('warn', 'login_failed', { server: server.name, reason: error.reason });
    throw new AppError('login_failed', `The tool server "${server.name}" ${error.reason}.`);
  }
}

/** Throws AppError `tool_server_not_found`, also for a server that callers are not let in to in this way. */
export function serverOf(c: AppContext, type: AuthType): McpServerConfig {
  const name = c.req.param('name') ?? '';
  const server = c
    .get('services')
    .tools.remoteServers()
    .find((item) => item.name === name && item.auth?.type === type);
  if (server) return server;
  const what = type === 'oauth' ? 'to log in to' : 'that takes secrets';
  throw new AppError('tool_server_not_found', `There is no tool server \`${name}\` ${what}.`);
}

async function isAuthorized(c: AppContext, server: McpServerConfig): Promise<boolean> {
  const [authorized = false] = await c.get('services').logins.status(c.get('caller').owner, [server]);
  return authorized;
}

async function forget(c: AppContext, server: McpServerConfig): Promise<Response> {
  await c.get('services').logins.forget(c.get('caller').owner, server);
  return c.body(null, 204);
}
