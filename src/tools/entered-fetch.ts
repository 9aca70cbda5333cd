import { authorisedFetch } from '../logins/authorised-fetch.ts';
import type { FetchLike } from './guarded-fetch.ts';
import type { ServerEntry } from './server-entry.ts';

/** `base` with what lets the caller in: the headers that are passed on, and the login. */
export function enteredFetch(
  base: FetchLike,
  { headers, auth }: Pick<ServerEntry, 'headers' | 'auth'>,
  onRefused: (error: Error) => void,
): FetchLike {
  const forwarding: FetchLike = (url, init = {}) => {
    const all = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) all.set(name, value);
    return base(url, { ...init, headers: all });
  };
  return auth ? authorisedFetch(forwarding, auth, onRefused) : forwarding;
}
