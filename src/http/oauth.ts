import { clientMetadata, clientMetadataUrl } from '../logins/client-identity.ts';
import { LoginFailedError } from '../logins/login-errors.ts';
import type { AppContext } from './context.ts';
import { knownLoginBrowser } from './login-browser.ts';
import { loginPage } from './login-page.ts';
import { visitorOf } from './visitor.ts';
import { beginLoginFor, serverOf } from './tool-servers.ts';

/** `GET /oauth/client-metadata.json`: who we are, for authorization servers that know their clients by such an address. */
export function readClientMetadata(c: AppContext): Response {
  const { origin } = c.get('services');
  const document = { client_id: clientMetadataUrl(origin), ...clientMetadata(origin) };
  return c.json(document, 200, { 'cache-control': 'public, max-age=3600' });
}

/** `GET /oauth/login/{name}`: the link that a turn shows. What it leads to is made when it is opened, for the browser that opens it. */
export async function openLogin(c: AppContext): Promise<Response> {
  return c.redirect(await beginLoginFor(c, serverOf(c, 'oauth')), 302);
}

/** `GET /oauth/callback`: where people come back to. Nothing of the address is shown or logged. */
export async function finishLoginHere(c: AppContext): Promise<Response> {
  const { access, logins, log } = c.get('services');
  const { state, code, iss, error } = c.req.query();
  // People come back without an API key: then it is the browser that must be the one which began.
  const visitor = access.anonymous ? await visitorOf(c, access) : null;
  const by = { owner: visitor?.owner ?? null, browser: await knownLoginBrowser(c) };
  try {
    const server = state ? await logins.finish(by, state, { code, iss, error }) : null;
    if (!server) {
      const text =
        'This login was begun in another browser, has been used, or is older than ten minutes. Begin it again.';
      return await loginPage(c, 400, 'Not logged in', text);
    }
    return await loginPage(c, 200, 'Logged in', `You are logged in to ${server.name}. You can close this page.`);
  } catch (failure) {
    if (!(failure instanceof LoginFailedError)) throw failure;
    log('warn', 'login_failed', { reason: failure.reason });
    return loginPage(
      c,
      502,
      'Not logged in',
      `The tool server ${failure.reason}. You can close this page and try again.`,
    );
  }
}
