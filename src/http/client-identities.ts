import { hashText } from '../auth/hash-text.ts';
import type { LimitIdentities } from '../limits/rate-limits.ts';

/** Whom a request is counted against. The address is the platform's own header; what a client claims in others is not believed. */
export async function clientIdentities(request: Request): Promise<LimitIdentities> {
  const key = request.headers.get('x-api-key');
  return {
    ip: request.headers.get('cf-connecting-ip') ?? 'unknown',
    key: key ? await hashText(key) : undefined,
  };
}
