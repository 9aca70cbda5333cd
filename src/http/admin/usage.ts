import { z } from 'zod';
import type { AppContext } from '../context.ts';
import { parseWith } from '../parse-body.ts';
import { showReserved, showUsage } from '../usage-body.ts';

export const adminUsageQuery = z.object({
  by: z.enum(['owner', 'key']).default('owner'),
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be like 2026-11')
    .optional()
    .describe('UTC; the present one when absent.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});

/** `GET /admin/usage`: who used how much in a month, and today. */
export async function listUsage(c: AppContext): Promise<Response> {
  const { ledger, clock } = c.get('services');
  const { by, limit, cursor, month: asked } = parseWith(adminUsageQuery, c.req.query(), 'query');
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const month = asked ?? day.slice(0, 7);
  const found = await ledger.list(month, by, { after: cursor, limit: limit + 1 });
  const names = found.slice(0, limit);
  const usage = await Promise.all(
    names.map(async (name) => {
      const used = await ledger.read({ scope: by, name }, { day, month });
      return { name, month: showUsage(used.month), today: showUsage(used.day), reserved: showReserved(used.reserved) };
    }),
  );
  return c.json({ month, day, usage, cursor: found.length > limit ? (names.at(-1) ?? null) : null });
}
