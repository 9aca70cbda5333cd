import { html, raw } from 'hono/html';
import type { ApiDocument } from '../openapi/api-document.ts';
import { codeText } from './code-text.ts';
import { DOCS_STYLE } from './docs-style.ts';
import { operationView } from './operation-view.ts';
import { schemaView } from './schema-view.ts';

/** The document as a page that needs no script and nothing from elsewhere; the nonce is what lets its style through a strict policy. */
export function docsPage(document: ApiDocument, nonce: string): ReturnType<typeof html> {
  const { info, tags, components } = document;
  const links = [...tags.map(({ name }) => ({ name, id: groupId(name) })), { name: 'Schemas', id: 'schemas' }];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title} API</title>
        <style nonce="${nonce}">
          ${raw(DOCS_STYLE)}
        </style>
      </head>
      <body>
        <div class="layout">
          <nav aria-label="Groups">
            <ul>
              ${links.map(({ name, id }) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
          <main>
            <h1>${info.title} API</h1>
            <p>
              Version ${info.version}, <a href="/openapi.json">OpenAPI ${document.openapi}</a>.
              ${codeText(info.description)}
            </p>
            ${tags.map((tag) => groupView(tag, document))}
            <h2 id="schemas">Schemas</h2>
            ${Object.entries(components.schemas).map(
              ([name, schema]) =>
                html`<section class="schema" id="schema-${name}">
                  <h3>${name}</h3>
                  ${schema.description ? html`<p>${codeText(schema.description)}</p>` : ''} ${schemaView(schema)}
                </section>`,
            )}
          </main>
        </div>
      </body>
    </html>`;
}

function groupView({ name, description }: ApiDocument['tags'][number], { paths }: ApiDocument) {
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod)
      .filter(([, { tags }]) => tags.includes(name))
      .map(([method, operation]) => operationView(method, path, operation)),
  );
  return html`<section>
    <h2 id="${groupId(name)}">${name}</h2>
    <p>${codeText(description)}</p>
    ${operations}
  </section>`;
}

function groupId(name: string): string {
  return `group-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}
