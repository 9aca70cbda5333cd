import { html } from 'hono/html';
import type { AppContext } from './context.ts';

/** Nothing runs, nothing is loaded, nobody frames it, and where it came from (its address held a code) is told to nobody. */
const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Our own words for a person who comes back from an authorization server. */
export async function loginPage(
  c: AppContext,
  status: 200 | 400 | 403 | 502,
  title: string,
  text: string,
): Promise<Response> {
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
      </head>
      <body>
        <h1>${title}</h1>
        <p>${text}</p>
      </body>
    </html>`;
  return c.html(page, status, PAGE_HEADERS);
}
