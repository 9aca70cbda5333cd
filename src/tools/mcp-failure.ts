import {
  ProtocolError,
  ProtocolErrorCode,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  UnsupportedProtocolVersionError,
} from '@modelcontextprotocol/client';
import { LoginFailedError, LoginNeededError } from '../logins/login-errors.ts';
import { GuardError } from './guarded-fetch.ts';

/**
 * Whether a server refused a request before it did anything with it, because what the connection rests on is gone: its session (404 by the
 * specification, 400 in practice) or its version of the protocol. Such a request may be sent again over a new connection.
 */
export function isStale(error: unknown): boolean {
  if (error instanceof UnsupportedProtocolVersionError) return true;
  return error instanceof SdkHttpError && [400, 404, 405].includes(error.status);
}

/** What a server said that understood a request and refused it, for the caller to act on; null for any other failure. */
export function refusalOf(error: unknown): { code: number; message: string } | null {
  return error instanceof ProtocolError ? { code: error.code, message: error.message } : null;
}

/** Whether a server does not know the tool, or knows it with other parameters, than its catalogue said. */
export function isCatalogueWrong(error: unknown): boolean {
  return error instanceof ProtocolError && CATALOGUE_WRONG.includes(error.code);
}

/** Of the 2026-07-28 protocol: parameters that its schema wants as headers as well are missing there. */
const HEADER_MISMATCH = -32020;
const CATALOGUE_WRONG: readonly number[] = [
  ProtocolErrorCode.MethodNotFound,
  ProtocolErrorCode.InvalidParams,
  HEADER_MISMATCH,
];

/** What happened, as the end of a sentence about the server. Safe to show: no address, no text of the server. */
export function failureReason(error: unknown): string {
  if (error instanceof GuardError || error instanceof LoginFailedError) return error.reason;
  if (error instanceof LoginNeededError) return error.message;
  if (error instanceof SdkHttpError) {
    if (error.status === 401 || error.status === 403) return 'refused our credentials';
    if (error.status >= 300 && error.status < 400) return 'points to another address';
    return `answered with status ${error.status}`;
  }
  if (error instanceof SdkError && error.code === SdkErrorCode.RequestTimeout) return TIMED_OUT;
  if (error instanceof SdkError && error.code === SdkErrorCode.ClientHttpUnexpectedContent) return NOT_UNDERSTOOD;
  if (error instanceof SdkError && error.code === SdkErrorCode.EraNegotiationFailed) return failureReason(error.cause);
  if (error instanceof ProtocolError) return NOT_UNDERSTOOD;
  return 'could not be reached';
}

export const TIMED_OUT = 'did not answer in time';
const NOT_UNDERSTOOD = 'did not answer as a tool server does';
