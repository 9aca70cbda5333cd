import { AppError } from '../errors.ts';
import { LoginNeededError } from '../logins/login-errors.ts';
import type { RequestLimits } from './mcp-connection.ts';
import { failureReason, refusalOf, TIMED_OUT } from './mcp-failure.ts';

/**
 * What `work` gets from a server, under a deadline. Throws AppError `tool_refused` with the server's own words when it understood the request
 * and refused it, `login_required` when the caller has to log in first, `tool_unavailable` with a sentence that is safe to show when it
 * cannot be used, and the reason of `signal`.
 */
export async function askServer<T>(
  server: string,
  { signal, timeoutMs }: { signal: AbortSignal | undefined; timeoutMs: number },
  work: (limits: RequestLimits) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await work({ signal: signal ? AbortSignal.any([signal, deadline]) : deadline, timeoutMs });
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof LoginNeededError) throw loginRequired(server, cause);
    const refusal = refusalOf(cause);
    if (refusal) throw new AppError('tool_refused', refusal.message, { details: { mcp_code: refusal.code }, cause });
    const reason = deadline.aborted ? TIMED_OUT : failureReason(cause);
    throw new AppError('tool_unavailable', `The tool server "${server}" ${reason}.`, { cause });
  }
}

function loginRequired(server: string, cause: LoginNeededError): AppError {
  return new AppError('login_required', `The tool server "${server}" ${cause.message}.`, {
    details: { server, kind: cause.kind },
    cause,
  });
}
