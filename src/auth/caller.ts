/** Who is calling. `owner` goes on every row and key that this caller makes. */
export interface Caller {
  readonly kind: 'anonymous';
  /** Stable and not guessable from outside; never a secret itself. */
  readonly owner: string;
}

const ANONYMOUS_PREFIX = 'anonymous:';

/** The owner behind a visitor's cookie, which itself is never stored. */
export function anonymousOwner(visitorHash: string): string {
  return ANONYMOUS_PREFIX + visitorHash;
}

export function isAnonymous(owner: string): boolean {
  return owner.startsWith(ANONYMOUS_PREFIX);
}
