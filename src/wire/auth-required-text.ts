import { z } from 'zod';

const authRequiredSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('login'), server: z.string(), url: z.string() }),
  z.object({ kind: z.literal('secret'), server: z.string(), url: z.string() }),
  z.object({ kind: z.literal('headers'), server: z.string(), headers: z.array(z.string()) }),
]);

/** The data of a `data-mcp-auth-required` chunk in a sentence: what has to be done before a tool server can be used. */
export function authRequiredText(data: unknown): string {
  const required = authRequiredSchema.safeParse(data).data;
  if (!required) return '';
  const server = `The tool server \`${required.server}\``;
  switch (required.kind) {
    case 'login':
      return `${server} needs you to log in at ${required.url} and then to ask again.`;
    case 'secret':
      return `${server} needs your secret, which is stored with PUT ${required.url}.`;
    case 'headers':
      return `${server} needs the request headers ${required.headers.join(', ')}.`;
  }
  return required satisfies never;
}
