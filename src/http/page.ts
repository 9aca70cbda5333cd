import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/** `GET /`: the chat page for a browser, `{"status":"ok"}` for a client that asks for JSON. */
export async function page(c: AppContext): Promise<Response> {
  const accept = c.req.header('accept') ?? '*/*';
  if (!accept.includes('text/html')) return c.json({ status: 'ok' });
  return serveAsset(c);
}

/** A file that the pages' build left in the assets. */
export async function serveAsset(c: AppContext): Promise<Response> {
  const { assets } = c.get('services');
  const found = await assets?.(c.req.raw);
  if (!found || found.status === 404) throw new AppError('http_error', 'Not Found');
  return new Response(found.body, found);
}
