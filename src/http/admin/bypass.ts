import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { normaliseAddress } from '../../limits/normalise-address.ts';
import type { AppContext } from '../context.ts';
import { parseBody } from '../parse-body.ts';

export const addBypassSchema = z.object({ ip: z.string().max(100) });

/** The addresses that no rate limit holds for: a bare array, sorted as text (seed 001). */
export async function listBypass(c: AppContext): Promise<Response> {
  return c.json(await c.get('services').bypass.list());
}

export async function addBypass(c: AppContext): Promise<Response> {
  const ip = checkedAddress((await parseBody(c, addBypassSchema)).ip);
  await c.get('services').bypass.add(ip);
  return c.json({ ip }, 201);
}

export async function removeBypass(c: AppContext): Promise<Response> {
  const removed = await c.get('services').bypass.remove(checkedAddress(c.req.param('ip') ?? ''));
  if (!removed) throw new AppError('bypass_not_found', 'Bypass entry was not found.');
  return c.body(null, 204);
}

function checkedAddress(text: string): string {
  const address = normaliseAddress(text);
  if (address === null) throw new AppError('invalid_ip', `'${text}' does not appear to be an IPv4 or IPv6 address`);
  return address;
}
