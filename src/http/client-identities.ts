import { hashText } from '../auth/hash-text.ts';
import { normaliseAddress } from '../limits/normalise-address.ts';
import type { LimitIdentities } from '../limits/rate-limits.ts';

/** Whom a request is counted against. The address is the platform's own header; what a client claims in others is not believed. */
export async function clientIdentities(request: Request): Promise<LimitIdentities> {
  const key = request.headers.get('x-api-key');
  return {
    ip: addressOf(request),
    key: key ? { name: await hashText(key), rate: undefined } : undefined,
  };
}

function addressOf(request: Request): string {
  const address = request.headers.get('cf-connecting-ip') ?? '';
  return normaliseAddress(address) ?? 'unknown';
}
