import type { Scope } from './scope.ts';

const KINDS = ['anonymous', 'key', 'token', 'introspected'] as const;
/** By what a caller is known: a visitor's cookie, an API key, a JWT, or a token that its own service was asked about. */
export type CallerKind = (typeof KINDS)[number];

/** Who is calling. `owner` goes on every row and key that this caller makes. */
export interface Caller {
  readonly kind: CallerKind;
  /** Stable and not guessable from outside; never a secret itself. */
  readonly owner: string;
  /** What the caller was granted; absent where only the owner is known, which grants nothing beyond the owner's things. */
  readonly scopes?: readonly Scope[];
}

/** The kind stands in front, so that no caller of one kind can come to own what is another's. */
export function ownerNamed(kind: CallerKind, name: string): string {
  return `${kind}:${name}`;
}

export function isAnonymous(owner: string): boolean {
  return owner.startsWith('anonymous:');
}

/** The caller behind stored things, for work that goes on without a request. */
export function callerOf(owner: string): Caller {
  return { kind: KINDS.find((kind) => owner.startsWith(`${kind}:`)) ?? 'anonymous', owner };
}
