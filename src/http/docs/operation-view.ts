import { html } from 'hono/html';
import type { DescribedAnswer, DescribedOperation, MediaType, Parameter } from '../openapi/api-document.ts';
import { codeText } from './code-text.ts';
import { curlLine } from './curl-line.ts';
import { schemaView } from './schema-view.ts';

/** One operation, folded: browsers open it when a link leads into it, or a search finds something there. */
export function operationView(method: string, path: string, operation: DescribedOperation): ReturnType<typeof html> {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return html`<details class="operation">
    <summary>
      <span class="method ${method}">${method.toUpperCase()}</span> <code class="path">${path}</code>
      <span class="summary">${codeText(summary)}</span>
    </summary>
    <div id="${operationId}" class="inside">
      ${description ? html`<p>${codeText(description)}</p>` : ''}
      ${
        parameters.length > 0
          ? html`<h3>Parameters</h3>
              <ul class="fields">
                ${parameters.map(parameterRow)}
              </ul>`
          : ''
      }
      ${
        requestBody
          ? html`<h3>Body</h3>
              ${contentView(requestBody.content)}`
          : ''
      }
      <h3>Example</h3>
      <pre tabindex="0">${curlLine(method, path, operation)}</pre>
      <h3>Answers</h3>
      <dl>${Object.entries(responses).map(([status, answer]) => answerView(status, answer))}</dl>
    </div>
  </details>`;
}

function parameterRow({ name, in: place, required, description, schema }: Parameter) {
  const told = description ? html`<span>${codeText(description)}</span>` : '';
  return html`<li>
    <code class="name">${name}</code> <span class="type">${place}</span>
    ${place === 'query' ? schemaView(schema) : ''}${required ? html` <span class="required">required</span>` : ''}
    ${told}
  </li>`;
}

function answerView(status: string, { description, content = {} }: DescribedAnswer) {
  const ok = Number(status) < 400;
  return html`<dt class="${ok ? 'ok' : 'refused'}">${status}</dt>
    <dd>${codeText(description)}${ok ? contentView(content) : ''}</dd>`;
}

function contentView(content: Record<string, MediaType>) {
  return html`${Object.entries(content).map(
    ([type, { schema }]) =>
      html`<p class="media">${type}</p>
        ${type === 'application/json' ? schemaView(schema) : ''}`,
  )}`;
}
