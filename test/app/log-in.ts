import type { client } from './client.ts';

type Api = ReturnType<typeof client>;

/** A browser: keeps its cookies, follows nothing by itself. */
export function browserCookies(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}

/** Goes through a login as a person does, and says what the last page answered. `visitor`: the caller's cookie. */
export async function logIn(api: Api, server: string): Promise<Response> {
  const back = await approve(api, server);
  return api.get(back);
}

/** Begins a login and allows it at the authorization server. Answers the path at which the person comes back. */
export async function approve(api: Api, server: string): Promise<string> {
  const begun = await api.get(`/oauth/login/${server}`);
  if (begun.status !== 302) throw new Error(`The login was not begun: ${begun.status} ${await begun.text()}`);
  const allowed = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  if (allowed.status !== 302) throw new Error(`It was not allowed: ${allowed.status} ${await allowed.text()}`);
  const { pathname, search } = new URL(allowed.headers.get('location') ?? '');
  return pathname + search;
}
