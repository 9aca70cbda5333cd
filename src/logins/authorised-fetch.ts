import type { LoginFetch } from './authorization-server.ts';
import { LoginFailedError, LoginNeededError } from './login-errors.ts';
import type { RequestAuth } from './request-auth.ts';

/**
 * `base` with what `auth` gives to every request. A refused request is sent once more when the login could be renewed: a server that
 * refuses has done nothing yet. `onRefused` hears of what keeps us out, which a client between may turn into something else.
 */
export function authorisedFetch(base: LoginFetch, auth: RequestAuth, onRefused: (error: Error) => void): LoginFetch {
  async function send(url: string | URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(await auth.headers())) headers.set(name, value);
    return base(url, { ...init, headers });
  }

  return async (url, init = {}) => {
    try {
      const response = await send(url, init);
      if (!isRefusal(response)) return response;
      await response.body?.cancel();
      await auth.renew(response);
      const again = await send(url, init);
      // Who is let in may still be refused what they ask for.
      if (again.status === 403 && isRefusal(again)) await auth.renew(again);
      return again;
    } catch (error) {
      if (error instanceof LoginNeededError || error instanceof LoginFailedError) onRefused(error);
      throw error;
    }
  };
}

function isRefusal({ status, headers }: Response): boolean {
  return status === 401 || (status === 403 && /\binsufficient_scope\b/.test(headers.get('www-authenticate') ?? ''));
}
