import type { ErrorHandler, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError, type ErrorCode } from '../errors.ts';
import { setChallenge } from './challenge.ts';
import type { AppContext, AppEnv } from './context.ts';
import { shapedError } from './error-shape.ts';

/** The one place that writes error bodies. Unknown errors never show their message. */
export const handleError: ErrorHandler<AppEnv> = (error, c) => {
  const known = error instanceof AppError ? error : fromUnknown(error);
  if (known.status >= 500) logFailure(c, known, error);
  setChallenge(c, known);
  setRetryAfter(c, known);
  return errorResponse(c, known);
};

export const handleNotFound: NotFoundHandler<AppEnv> = (c) => errorResponse(c, new AppError('http_error', 'Not Found'));

export function errorResponse(c: AppContext, error: AppError): Response {
  const shaped = shapedError(c, error);
  if (shaped) return c.json(shaped.body, shaped.status);
  const { code, message, details, status } = error;
  return c.json({ error: { code, message, ...(details && { details }) }, request_id: c.get('requestId') }, status);
}

/** What tells when it is worth another try. */
function setRetryAfter(c: AppContext, { details }: AppError): void {
  const seconds = details?.['retry_after'];
  if (typeof seconds === 'number') c.header('Retry-After', String(Math.ceil(seconds)));
}

const CODE_OF_STATUS: Record<number, ErrorCode> = { 405: 'method_not_allowed', 413: 'payload_too_large' };

function fromUnknown(error: Error): AppError {
  if (error instanceof HTTPException) {
    const code = CODE_OF_STATUS[error.status];
    if (code) return new AppError(code, error.status === 405 ? 'Method Not Allowed' : 'The request body is too large.');
  }
  return new AppError('internal_error', 'An unexpected error occurred.', { cause: error });
}

function logFailure(c: AppContext, known: AppError, error: Error): void {
  const fields = { code: known.code, request_id: c.get('requestId'), method: c.req.method, route: c.req.routePath };
  const services: AppEnv['Variables']['services'] | undefined = c.get('services');
  if (services) services.log('error', 'request_failed', fields, error);
  else console.error(JSON.stringify({ level: 'error', event: 'request_failed', ...fields, cause: known.message }));
}
