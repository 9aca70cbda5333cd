import type { AppError, ErrorCode } from '../../../errors.ts';
import type { ShapedError } from '../../error-shape.ts';

/** What clients of seed 003 know these by. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  session_not_found: 'Session not found',
  file_not_found: 'File not found',
  resource_not_found: 'Resource not found',
};

/** A refusal as clients of seed 003 read it: the code is the status. */
export function scorpioError({ code, message, status }: AppError): ShapedError {
  return { status, body: { detail: { code: status, msg: MESSAGES[code] ?? message, data: null } } };
}
