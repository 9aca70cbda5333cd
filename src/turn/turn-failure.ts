import type { ErrorCode } from '../errors.ts';

/** Why a turn has no whole answer, in words for the client. */
export interface TurnFailure {
  code: ErrorCode;
  message: string;
}

const TEXTS = {
  provider_error: 'The model provider failed.',
  provider_timeout: 'The model provider did not answer in time.',
  approval_invalid: 'What was allowed is not what would be done now, so nothing was done. Ask for it again.',
  budget_exceeded: 'The budget does not cover the rest of this answer.',
  internal_error: 'An unexpected error occurred.',
  memory_unavailable: 'The session memory cannot be reached right now, so this answer may not have been saved.',
} as const;

export function failureOf(code: keyof typeof TEXTS): TurnFailure {
  return { code, message: TEXTS[code] };
}
