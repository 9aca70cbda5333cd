import { z } from 'zod';
import { NO_ALLOWANCE } from '../budgets/budget.ts';
import { AppError } from '../errors.ts';
import type { CallerLimits } from './identity.ts';
import { SCOPES } from './scope.ts';

/** Makes a key recognisable where it should not be: in a log, a repository, a chat. */
export const KEY_PREFIX = 'ew_';
const KEY_FORM = /^ew_[A-Za-z0-9_-]{43}$/;
const SECRET_BYTES = 32;

const amount = z.number().nullable();

const limitsSchema: z.ZodType<CallerLimits> = z.object({
  rate: z.object({ perSecond: z.number(), burst: z.number() }).nullable(),
  concurrentTurns: z.number().nullable(),
  // Keys that were issued before there were budgets have none.
  budget: z
    .object({ tokensPerDay: amount, tokensPerMonth: amount, usdPerDay: amount, usdPerMonth: amount })
    .default(NO_ALLOWANCE),
});

/** An API key as it is stored, which is without the key itself. Times are milliseconds since the epoch. */
export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  limits: limitsSchema,
  /** The first characters of the key, for people to tell keys apart. */
  hint: z.string(),
  createdAt: z.number(),
  expiresAt: z.number().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** Keys are known by the SHA-256 of their text alone. Methods reject with AppError `archive_unavailable` or `memory_unavailable`. */
export interface ApiKeys {
  add(key: ApiKey, hash: string): Promise<void>;
  /** Newest first, without revoked ones. */
  list(page: { limit: number; before: number | undefined }): Promise<ApiKey[]>;
  /** False when there is no such key. In other isolates it takes `KEY_REMEMBERED_MS` until the key is refused. */
  revoke(id: string): Promise<boolean>;
  /** Null for a key that was never issued or is revoked; whether it has expired is the caller's question. */
  find(hash: string): Promise<ApiKey | null>;
}

/** How long an isolate believes what it was told about a key. */
export const KEY_REMEMBERED_MS = 60_000;

/** A new key: 256 random bits behind the prefix. */
export function newKeySecret(randomBytes: (count: number) => Uint8Array): string {
  return KEY_PREFIX + Buffer.from(randomBytes(SECRET_BYTES)).toString('base64url');
}

export function isKeyForm(secret: string): boolean {
  return KEY_FORM.test(secret);
}

export function keyNotFound(id: string): AppError {
  return new AppError('key_not_found', `Key \`${id}\` was not found`);
}
