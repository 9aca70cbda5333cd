/** A server cannot be used as this caller until they have logged in to it, or stored their secret for it. */
export class LoginNeededError extends Error {
  override readonly name = 'LoginNeededError';
  readonly kind: 'login' | 'secret';

  constructor(kind: 'login' | 'secret') {
    super(kind === 'login' ? 'needs you to log in' : 'needs you to store your secret for it');
    this.kind = kind;
  }
}

/** Logging in, or renewing a login, did not work now. */
export class LoginFailedError extends Error {
  override readonly name = 'LoginFailedError';
  /** The end of a sentence about the server; safe to show. */
  readonly reason: string;

  constructor(reason: string, cause?: unknown) {
    super(`A tool server ${reason}.`, { cause });
    this.reason = reason;
  }
}
