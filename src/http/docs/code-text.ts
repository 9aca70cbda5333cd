import { html } from 'hono/html';

/** A sentence of the document; what stands between backticks is code. */
export function codeText(text: string): ReturnType<typeof html> {
  return html`${text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))}`;
}
