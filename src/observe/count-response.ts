import type { Counts } from '../redis/counts.ts';
import { observe } from './histogram.ts';

export interface CountedResponse {
  /** The HTTP status. */
  status: number;
  /** Of the refusal or failure. */
  code: string | undefined;
  durationMs: number;
}

export const ONE_REQUEST: Counts = { requests_total: 1, 'method:POST': 1 };

/** A response to what is counted: turns, and the making of sessions. */
export function countResponse({ status, code, durationMs }: CountedResponse): Counts {
  return {
    responses_total: 1,
    [`status:${status}`]: 1,
    ...(status >= 500 && { errors_total: 1 }),
    ...(code !== undefined && { [`code:${code}`]: 1 }),
    ...observe('duration', durationMs),
  };
}
