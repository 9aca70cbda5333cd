import type { MiddlewareHandler } from 'hono';
import type { AppContext, AppEnv } from '../../context.ts';
import { phase3Error } from './phase3-error.ts';

/** As a key only: inside a string the quotes would stand behind backslashes. */
const MESSAGE_KEY = /"message"\s*:/;

/**
 * `POST /api/chat` is the AI SDK's and seed 002's: a body with a `message` and without `messages` is the latter's. It is looked at before
 * anything is refused, so that the refusal is in the words of its door.
 */
export const noticePhase3: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.method === 'POST' && hasMessage(await c.req.text())) c.set('errorShape', phase3Error);
  await next();
};

export function isPhase3(c: AppContext): boolean {
  return c.get('errorShape') === phase3Error;
}

function hasMessage(text: string): boolean {
  if (!MESSAGE_KEY.test(text)) return false;
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'message' in body && !('messages' in body);
  } catch {
    return false;
  }
}
