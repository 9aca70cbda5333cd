/** Who is calling. `owner` goes on every row and key that this caller makes. */
export interface Caller {
  readonly kind: 'anonymous';
  /** Stable and not guessable from outside; never a secret itself. */
  readonly owner: string;
}
