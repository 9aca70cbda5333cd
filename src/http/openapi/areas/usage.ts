import { z } from 'zod';
import { adminUsageQuery } from '../../admin/usage.ts';
import { reservedBody, usageBody } from '../../usage-body.ts';
import { usageQuery } from '../../usage.ts';
import type { Area } from '../area.ts';

export const usage: Area = {
  name: 'Usage',
  description: 'What the caller has used, and what is left of its budgets.',
  operations: {
    'GET /usage': {
      id: 'readUsage',
      summary: 'Read your usage by day, month and model, and your budgets',
      description: 'Days and months are those of UTC. Anonymous callers are counted by address, as for the limits.',
      query: usageQuery,
      answers: {
        200: {
          description: 'The usage.',
          schema: z.object({
            today: usageBody.extend({ date: z.string() }),
            month: usageBody.extend({ month: z.string() }),
            days: z.array(usageBody.extend({ date: z.string() })),
            reserved: reservedBody.describe('By turns that run.'),
            budgets: z.array(
              z.object({
                budget: z.enum(['owner', 'key']),
                period: z.enum(['day', 'month']),
                unit: z.enum(['tokens', 'usd']),
                limit: z.number(),
                used: z.number(),
                reserved: z.number(),
                left: z.number(),
                resets_at: z.iso.datetime(),
              }),
            ),
          }),
        },
      },
      errors: ['memory_unavailable'],
    },
  },
};

export const allUsage: Area = {
  name: 'Usage of all',
  description: 'What everybody has used, behind `ADMIN_TOKEN`.',
  audience: 'operator',
  operations: {
    'GET /admin/usage': {
      id: 'listUsage',
      summary: 'What owners, or keys, have used in a month, by name',
      description: 'Anonymous callers are listed by address (`ip:…`).',
      query: adminUsageQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({
            month: z.string(),
            day: z.string(),
            usage: z.array(z.object({ name: z.string(), month: usageBody, today: usageBody, reserved: reservedBody })),
            cursor: z.string().nullable(),
          }),
        },
      },
      errors: ['missing_admin_token', 'invalid_admin_token', 'admin_disabled', 'memory_unavailable'],
    },
  },
};
