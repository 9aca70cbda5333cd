import { version } from '../../package.json';
import type { AppContext } from './context.ts';
import { docsPage } from './docs/docs-page.ts';
import type { ApiDocument } from './openapi/api-document.ts';
import { AREAS } from './openapi/areas.ts';
import { openApiDocument } from './openapi/openapi-document.ts';

const ABOUT: ApiDocument['info'] = {
  title: 'Edgewise',
  version,
  description:
    'A chat-agent backend. Field names are snake_case, times ISO 8601 in UTC, durations carry their unit; unknown fields of bodies are ignored. What belongs to somebody else is not found.',
};

/** The handlers of `GET /openapi.json` and of the page made from it. The document is made when it is first asked for: most isolates never are. */
export function apiDocs() {
  let made: ApiDocument | undefined;
  const document = () => (made ??= openApiDocument(AREAS, ABOUT));
  return {
    openapi: (c: AppContext) => c.json(document(), 200, { 'cache-control': 'public, max-age=300' }),
    page(c: AppContext) {
      const nonce = c.get('services').newId();
      c.header(
        'content-security-policy',
        `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      );
      c.header('referrer-policy', 'no-referrer');
      c.header('x-content-type-options', 'nosniff');
      return c.html(docsPage(document(), nonce));
    },
  };
}
