import { z } from 'zod';
import { isKeyForm, keyNotFound, newKeySecret, type ApiKey, type ApiKeys } from '../../auth/api-key.ts';
import { hashSecret } from '../../auth/hash-secret.ts';
import { COMMON_SCOPES, SCOPES } from '../../auth/scope.ts';
import { AppError } from '../../errors.ts';
import type { AppContext } from '../context.ts';
import { parseBody, parseWith } from '../parse-body.ts';

/** The prefix and as much of the secret as tells keys apart and helps nobody to guess the rest. */
const HINT_CHARACTERS = 7;

export const addKeySchema = (now: number) =>
  z.object({
    name: z.string().trim().min(1).max(100),
    owner: z
      .string()
      .regex(/^[A-Za-z0-9._@-]{1,100}$/, 'must be 1 to 100 characters of A-Z, a-z, 0-9, ., _, @ and -')
      .optional(),
    scopes: z
      .array(z.enum(SCOPES))
      .min(1)
      .default([...COMMON_SCOPES]),
    limits: z
      .object({
        rate_rps: z.number().positive().max(1000),
        rate_burst: z.number().int().min(1).max(1_000_000),
        concurrent_turns: z.number().int().min(1).max(10_000),
        tokens_per_day: z.number().int().min(0),
        tokens_per_month: z.number().int().min(0),
        usd_per_day: z.number().min(0).max(1_000_000),
        usd_per_month: z.number().min(0).max(1_000_000),
      })
      .partial()
      .refine(({ rate_rps: rate, rate_burst: burst }) => (rate === undefined) === (burst === undefined), {
        message: 'give rate_rps and rate_burst together',
      })
      .default({}),
    expires_at: z.iso
      .datetime({ offset: true })
      .transform((text) => Date.parse(text))
      .refine((time) => time > now, 'must lie in the future')
      .nullish(),
  });

export const listKeysQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(100),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'is not a cursor of this list')
    .transform(Number)
    .optional(),
});

/** Issues a key. The answer is the only place where it ever stands. */
export async function issueKey(c: AppContext): Promise<Response> {
  const { newId, clock } = c.get('services');
  const now = clock.now();
  const { name, owner, scopes, limits, expires_at: expiresAt = null } = await parseBody(c, addKeySchema(now));
  const secret = newKeySecret((count) => crypto.getRandomValues(new Uint8Array(count)));
  if (!isKeyForm(secret)) throw new Error('A key was made in a form that would not be accepted.');
  const id = `key_${newId()}`;
  const { rate_rps: perSecond, rate_burst: burst, concurrent_turns: concurrentTurns = null } = limits;
  const key: ApiKey = {
    id,
    name,
    owner: owner ?? id,
    scopes,
    limits: {
      rate: perSecond === undefined || burst === undefined ? null : { perSecond, burst },
      concurrentTurns,
      budget: {
        tokensPerDay: limits.tokens_per_day ?? null,
        tokensPerMonth: limits.tokens_per_month ?? null,
        usdPerDay: limits.usd_per_day ?? null,
        usdPerMonth: limits.usd_per_month ?? null,
      },
    },
    hint: secret.slice(0, HINT_CHARACTERS),
    createdAt: now,
    expiresAt,
  };
  await keysOf(c).add(key, hashSecret(secret));
  return c.json({ ...keyBody(key), key: secret }, 201);
}

export async function listKeys(c: AppContext): Promise<Response> {
  const { limit, cursor } = parseWith(listKeysQuery, c.req.query(), 'query');
  const found = await keysOf(c).list({ limit: limit + 1, before: cursor });
  const page = found.slice(0, limit);
  return c.json({ keys: page.map(keyBody), cursor: found.length > limit ? String(page.at(-1)?.createdAt) : null });
}

export async function revokeKey(c: AppContext): Promise<Response> {
  const id = c.req.param('id') ?? '';
  if (!(await keysOf(c).revoke(id))) throw keyNotFound(id);
  return c.body(null, 204);
}

function keysOf(c: AppContext): ApiKeys {
  const { keys } = c.get('services').identitySources;
  if (!keys) throw new AppError('archive_unavailable', 'API keys need a database, and this deployment has none.');
  return keys;
}

function keyBody({ id, name, owner, scopes, limits, hint, createdAt, expiresAt }: ApiKey) {
  return {
    id,
    name,
    owner,
    scopes,
    limits: {
      rate_rps: limits.rate?.perSecond ?? null,
      rate_burst: limits.rate?.burst ?? null,
      concurrent_turns: limits.concurrentTurns,
      tokens_per_day: limits.budget.tokensPerDay,
      tokens_per_month: limits.budget.tokensPerMonth,
      usd_per_day: limits.budget.usdPerDay,
      usd_per_month: limits.budget.usdPerMonth,
    },
    hint,
    created_at: new Date(createdAt).toISOString(),
    expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}
