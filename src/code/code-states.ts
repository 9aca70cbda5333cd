/** A session's state between runs. */
export interface CodeState {
  bytes: Uint8Array;
  /** How many runs there have been. */
  runs: number;
}

/**
 * The states of one caller's sessions, by name: somebody else's session of the same name is another one. A state that rests for
 * STATE_TTL_HOURS is forgotten, and so is the oldest when there are more than STATES_MAX. Methods reject with AppError `archive_unavailable`.
 */
export interface CodeStates {
  load(session: string): Promise<CodeState | null>;
  /** False, and nothing is stored, when another run of the session has been stored since `state.runs - 1`. */
  save(session: string, state: CodeState): Promise<boolean>;
  forget(session: string): Promise<void>;
}
