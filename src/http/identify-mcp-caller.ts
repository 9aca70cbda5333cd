import type { MiddlewareHandler } from 'hono';
import type { Scope } from '../auth/scope.ts';
import { AppError } from '../errors.ts';
import { setChallenge } from './challenge.ts';
import type { AppContext, AppEnv } from './context.ts';
import { identifyCaller } from './identify-caller.ts';
import { RPC_CODE, rpcError } from './rpc-error.ts';

/** The scope that each built-in server asks for; the router over all of them asks for `tools`. */
const SCOPE_OF_SERVER: Record<string, Scope> = {
  '/mcp/tasks': 'tasks',
  '/mcp/files': 'files',
  '/mcp/knowledge': 'knowledge',
  '/mcp/catalogue': 'catalogue',
};

const identify = identifyCaller((c: AppContext) => SCOPE_OF_SERVER[c.req.path] ?? 'tools');

/** As `identifyCaller`, with refusals in the shape and with the headers that clients of MCP read. */
export const identifyMcpCaller: MiddlewareHandler<AppEnv> = async (c, next) => {
  let identified = false;
  try {
    return await identify(c, () => {
      identified = true;
      return next();
    });
  } catch (error) {
    if (identified || !(error instanceof AppError)) throw error;
    if (error.status >= 500) c.get('services').log('error', 'request_failed', { code: error.code }, error);
    setChallenge(c, error);
    return rpcError(c, error.status, RPC_CODE.refused, error.message, { code: error.code });
  }
};
