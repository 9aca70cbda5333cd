import { GuardError, type FetchLike } from './guarded-fetch.ts';
import { refuseAddress } from './refuse-address.ts';
import { REQUESTS_MAX } from './tool-limits.ts';

export interface OutgoingRules {
  /** Plain http and this machine are allowed. */
  development: boolean;
  /** The most that one request may take, its answer included. */
  timeoutMs: number;
}

/**
 * The network as one turn may use it: every address is checked before it is asked, whoever chose it, and there is an end to the requests
 * and to the time of each. Rejects with GuardError.
 */
export function outgoingFetch(base: FetchLike, { development, timeoutMs }: OutgoingRules): FetchLike {
  let requests = 0;
  return async (url, init = {}) => {
    const refusal = refuseAddress(new URL(url), { development });
    if (refusal !== null) throw new GuardError(refusal);
    requests += 1;
    if (requests > REQUESTS_MAX) throw new GuardError('was asked too often');
    const deadline = AbortSignal.timeout(timeoutMs);
    return base(url, { ...init, signal: init.signal ? AbortSignal.any([init.signal, deadline]) : deadline });
  };
}
