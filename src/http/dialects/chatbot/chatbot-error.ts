import type { AppError, ErrorCode } from '../../../errors.ts';
import type { ShapedError } from '../../error-shape.ts';

/** What clients of seed 004 know these by. */
const DETAILS: Partial<Record<ErrorCode, string>> = {
  unauthorized: "Some necessary field weren't found, check whether the nginx proxy and sets the right headers.",
  session_not_found: 'Thread not found.',
};

/** Where seed 004 answers with another status. */
export const CHATBOT_STATUSES: Partial<Record<ErrorCode, 422>> = { unknown_model: 422, malformed_json: 422 };

/** A refusal as clients of seed 004 read it. */
export function chatbotError({ code, message, status }: AppError): ShapedError {
  return { status: CHATBOT_STATUSES[code] ?? status, body: { detail: DETAILS[code] ?? message } };
}
