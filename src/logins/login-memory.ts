/** What logging in keeps for minutes, seen by all isolates. Values are sealed by whoever hands them in. */
export interface LoginMemory {
  /** Copies of credentials, so that a turn need not ask the database. `''` says that there is none any more. */
  readCopy(key: string): Promise<string | null>;
  /** `fill`: only where nothing is. `renewed`: over another copy, and not over `''`. `put`: whatever is there. */
  writeCopy(key: string, value: string, how: 'fill' | 'renewed' | 'put'): Promise<void>;
  /** A login that has begun, under its unguessable state. */
  keepFlow(state: string, value: string): Promise<void>;
  /** Once: whoever comes second gets null. */
  takeFlow(state: string): Promise<string | null>;
  /**
   * Lets one isolate at a time renew a credential. `busy`: another one is at it. `failed`: it could not, a moment ago, and neither is
   * anybody else to try yet.
   */
  lockRenewal(key: string, holder: string): Promise<'held' | 'busy' | 'failed'>;
  /** Ends one's own lock; `failed` keeps the others from trying for a while. */
  endRenewal(key: string, holder: string, outcome: 'done' | 'failed'): Promise<void>;
}
