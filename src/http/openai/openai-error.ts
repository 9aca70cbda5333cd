import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { AppError, ErrorCode } from '../../errors.ts';

/** Where OpenAI has another word for the same thing; clients look for some of them. */
const CODES: Partial<Record<ErrorCode, string>> = {
  unknown_model: 'model_not_found',
  invalid_credentials: 'invalid_api_key',
  rate_limited: 'rate_limit_exceeded',
};

/** Where OpenAI answers with another status. */
export const OPENAI_STATUSES: Partial<Record<ErrorCode, ContentfulStatusCode>> = {
  validation_error: 400,
  unknown_model: 404,
};

/** The parameter that a refusal is about, when the error itself does not say. */
const PARAMETERS: Partial<Record<ErrorCode, string>> = {
  unknown_model: 'model',
  session_not_found: 'metadata.session_id',
  unknown_mcp_server: 'metadata.mcp_servers',
  unknown_tool: 'tool_choice',
};

const places = z.object({ errors: z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])) })).min(1) });

/** A refusal as clients of OpenAI read it. */
export function openaiError(error: AppError) {
  const { code, message, details } = error;
  const status = OPENAI_STATUSES[code] ?? error.status;
  const place = places.safeParse(details).data?.errors[0]?.loc.slice(1).join('.');
  const param = place || (PARAMETERS[code] ?? null);
  return { status, body: { error: { message, type: typeOf(status), param, code: CODES[code] ?? code } } };
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
