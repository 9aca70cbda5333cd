export interface LimitDecision {
  allowed: boolean;
  /** Seconds until a request would be allowed; 0 when this one is. */
  retryAfterSeconds: number;
  /** Per policy, for the IETF `RateLimit` headers. */
  policies: { name: 'ip' | 'key'; quota: number; windowSeconds: number; remaining: number; resetSeconds: number }[];
}

/** Whom a request is counted against. */
export interface LimitIdentities {
  /** The client's address as the platform saw it. */
  ip: string;
  /** A hash of the API key, when one was sent. */
  key: string | undefined;
}

export interface RateLimits {
  /** Takes one token for every identity, in one round trip. Never rejects: what Redis cannot answer is allowed, and not counted. */
  take(identities: LimitIdentities): Promise<LimitDecision>;
}
