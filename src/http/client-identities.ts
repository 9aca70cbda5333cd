import { normaliseAddress } from '../limits/normalise-address.ts';
import type { LimitIdentities } from '../limits/rate-limits.ts';
import type { AppContext } from './context.ts';

/**
 * Whom a request is counted against: its address, and its caller unless that is anonymous. A key with a rate of its own is counted by that
 * alone, since its holder's server has one address for all its users.
 */
export function clientIdentities(c: AppContext): LimitIdentities {
  const { kind, owner, limits } = c.get('caller');
  const rate = limits.rate ?? undefined;
  const ip = addressOf(c.req.raw);
  const most = limits.concurrentTurns ?? c.get('services').env.MAX_CONCURRENT_TURNS;
  return {
    ip: rate ? undefined : ip,
    key: kind === 'anonymous' ? undefined : { name: owner, rate },
    // A visitor is a new one whenever its cookie is thrown away: its address is not.
    turns: { name: kind === 'anonymous' ? `ip:${ip}` : owner, most },
  };
}

/** The address is the platform's own header; what a client claims in others is not believed. */
function addressOf(request: Request): string {
  const address = request.headers.get('cf-connecting-ip') ?? '';
  return normaliseAddress(address) ?? 'unknown';
}
