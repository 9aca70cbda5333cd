import type { AppContext } from '../../context.ts';

/** Every success of seed 003 is a 200 in this envelope. */
export function succeed(c: AppContext, data: unknown): Response {
  return c.json({ code: 0, msg: 'success', data });
}
