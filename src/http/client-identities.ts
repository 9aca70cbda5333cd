import { countedAddress } from '../limits/counted-address.ts';
import { normaliseAddress } from '../limits/normalise-address.ts';
import { accountOf } from './account.ts';
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
  // A visitor is a new one whenever its cookie is thrown away: its address is not.
  const holder = kind === 'anonymous' ? `ip:${countedAddress(ip)}` : owner;
  return {
    ip: rate ? undefined : ip,
    key: kind === 'anonymous' ? undefined : { name: owner, rate },
    turns: { name: holder, most },
    account: accountOf(c, holder),
  };
}

/** The address is the platform's own header; what a client claims in others is not believed. */
function addressOf(request: Request): string {
  const address = request.headers.get('cf-connecting-ip') ?? '';
  return normaliseAddress(address) ?? 'unknown';
}
