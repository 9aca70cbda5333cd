import type { Caller } from './caller.ts';

/** Longer names are nobody's: they go into keys and rows. */
const USER_ID_MAX = 200;

/**
 * The caller that a request acts as when it names a user. A trusted caller (scope `impersonate`) acts for that user, whose things are apart
 * from its own and from those of users that other callers name; from anybody else the name is not believed and changes nothing.
 */
export function actFor(caller: Caller, userId: string | number | null | undefined): Caller {
  const name = String(userId ?? '').trim();
  if (name === '' || name.length > USER_ID_MAX) return caller;
  if (!caller.scopes?.includes('impersonate')) return caller;
  const scopes = caller.scopes.filter((scope) => scope !== 'impersonate');
  return { ...caller, owner: `${caller.owner}/user:${encodeURIComponent(name)}`, scopes };
}
