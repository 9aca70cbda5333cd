import type { AppError, ErrorCode } from '../../../errors.ts';
import type { ShapedError } from '../../error-shape.ts';

const AI_UNAVAILABLE = 'AI_SERVICE_UNAVAILABLE';

/** Where seed 002 has another word for the same thing. */
const CODES: Partial<Record<ErrorCode, string>> = {
  session_not_found: 'CONVERSATION_NOT_FOUND',
  provider_error: AI_UNAVAILABLE,
  provider_timeout: AI_UNAVAILABLE,
  provider_unconfigured: AI_UNAVAILABLE,
};

const DETAILS: Partial<Record<ErrorCode, string>> = {
  session_not_found: 'Conversation not found',
  task_not_found: 'Task not found',
};

/** Where seed 002 answers with another status. */
export const PHASE3_STATUSES: Partial<Record<ErrorCode, 503>> = { provider_error: 503, provider_timeout: 503 };

/** A refusal as clients of seed 002 read it. */
export function phase3Error({ code, message, status }: AppError): ShapedError {
  return {
    status: PHASE3_STATUSES[code] ?? status,
    body: { detail: DETAILS[code] ?? message, code: CODES[code] ?? code.toUpperCase() },
  };
}
