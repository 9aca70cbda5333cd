import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { AppContext, AppEnv } from './context.ts';

/** Beyond this a client that sends on is cut off rather than read to its end. */
const DISCARD_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Refuses a longer body with what `refuse` answers or throws. The body is read to its end before: a connection closed while the client
 * still writes shows it a broken pipe instead of the refusal.
 */
export function limitBody(
  maxBytes: number | ((c: AppContext) => number),
  refuse: (c: Context<AppEnv>) => Response | Promise<Response>,
): MiddlewareHandler<AppEnv> {
  const limit = (maxSize: number): MiddlewareHandler<AppEnv> =>
    bodyLimit({
      maxSize,
      onError: async (c) => {
        await discard(c.req.raw.body);
        return refuse(c);
      },
    });
  return typeof maxBytes === 'number' ? limit(maxBytes) : (c, next) => limit(maxBytes(c))(c, next);
}

async function discard(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!body || body.locked) return;
  const reader = body.getReader();
  for (let bytes = 0; bytes < DISCARD_MAX_BYTES;) {
    const { done, value } = await reader.read();
    if (done) return;
    bytes += value.byteLength;
  }
  await reader.cancel();
}
