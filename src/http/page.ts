import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** The page takes nothing from elsewhere, and nobody may frame it. Pictures that code made are in the answer itself. */
const PAGE_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** `GET /`: the chat page for a browser, `{"status":"ok"}` for a client that asks for JSON. */
export async function page(c: AppContext): Promise<Response> {
  const accept = c.req.header('accept') ?? '*/*';
  if (!accept.includes('text/html')) return c.json({ status: 'ok' });
  const { assets } = c.get('services');
  const found = await assets?.(c.req.raw);
  if (!found || found.status === 404) throw new AppError('http_error', 'Not Found');
  const response = new Response(found.body, found);
  for (const [name, value] of Object.entries(PAGE_HEADERS)) response.headers.set(name, value);
  return response;
}
