import { isAnonymous } from '../auth/caller.ts';

/** Guard of a session that is open to whoever knows its id. */
export const ANYBODY = '*';

/** Who may use a session: its owner alone, or, where the owner is anonymous, anybody who holds the unguessable id. */
export function guardOf(owner: string): string {
  return isAnonymous(owner) ? ANYBODY : owner;
}
