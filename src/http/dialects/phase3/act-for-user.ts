import { z } from 'zod';
import { actFor } from '../../../auth/act-for.ts';
import type { Caller } from '../../../auth/caller.ts';
import type { AppContext } from '../../context.ts';

/** Clients of seed 002 name their user everywhere; only a trusted caller is believed. */
export const userIdField = z.union([z.string(), z.number()]).nullish();

export function actForUser(c: AppContext, userId: z.infer<typeof userIdField>): Caller {
  return actFor(c.get('caller'), userId);
}
