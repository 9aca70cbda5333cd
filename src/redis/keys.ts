/** Every key that Edgewise keeps in Redis. One session's keys share the tag `{id}`, so that they live on one node. */
export function redisKeys(namespace: string) {
  const session = (id: string, part: string) => `${namespace}:{${id}}:${part}`;
  return {
    /**
     * Hash: `data` (the session as JSON), `guard`, `limit`, `position` (messages so far), `active` (last activity, ms), `recollection` with
     * its revision in `recollected`, and `recollecting` (until when somebody is at it, ms).
     */
    session: (id: string) => session(id, 'session'),
    /** List of stored messages, oldest first, bounded by `MEMORY_KEEP_FACTOR`. */
    messages: (id: string) => session(id, 'messages'),
    /** Hash of the running or latest turn: `id`, `epoch`, `status`, `lease`, `seq`, `stop`, … */
    turn: (id: string) => session(id, 'turn'),
    /** The turn before, kept so that a turn refused by the rate limit can be undone. */
    previousTurn: (id: string) => session(id, 'turn:previous'),
    /** Stream of a turn's chunks; entry ids are `epoch-seq`. */
    journal: (id: string, turnId: string) => session(id, `journal:${turnId}`),
    /** String: the turn that an idempotency key stands for. */
    idempotency: (id: string, key: string) => session(id, `idempotency:${key}`),
    /** String: the sessions that this one has at tool servers. */
    toolSessions: (id: string) => session(id, 'tools'),
    /** String: the session was deleted a short time ago, and the archive may not know yet. */
    deleted: (id: string) => session(id, 'deleted'),
    /** Sorted set of an owner's sessions by last activity, as far as its owner caused it. */
    ownerSessions: (owner: string) => `${namespace}:owner:${owner}:sessions`,
    /** Sorted set of all live sessions by the time they expire. */
    liveSessions: `${namespace}:sessions:live`,
    /** Set of the turns that a caller has begun; which of them still run, the next key knows. */
    holderTurns: (name: string) => `${namespace}:holder:${name}:turns`,
    /** Sorted set of running turns (`session turn`) by the time their lease lapses. */
    runningTurns: `${namespace}:turns:running`,
    /** Hash of what a subject (an owner, a key, a session) used in a day or a month: totals, and `<field> <model>`. */
    usage: (scope: string, name: string, period: string) => `${namespace}:usage:${scope}:${name}:${period}`,
    /** Hash of what running turns have reserved of a subject's budgets, `tokens micro-dollars` by turn. */
    reservations: (scope: string, name: string) => `${namespace}:reserved:${scope}:${name}`,
    /** Sorted set of turns with a reservation (`session turn`) by the time until which it counts. */
    reservationLeases: `${namespace}:reserved`,
    /** Sorted set, by name, of the owners and keys that used something in a month. */
    usageIndex: (month: string) => `${namespace}:usage:${month}`,
    /** Stream of what the archive has not confirmed yet. */
    outbox: `${namespace}:outbox`,
    /** Hash: what was tried with an entry of the outbox that the archive refused, by its id. */
    outboxTries: `${namespace}:outbox:tries`,
    /** Stream of the entries that were tried too often, for a person to look at. */
    outboxDead: `${namespace}:outbox:dead`,
    /** The archive where Redis keeps it, without a lifetime. Hash: `data`, `owner`, `revision`, `active`, `deletion`. */
    archivedSession: (id: string) => session(id, 'archive'),
    /** Hash of a session's archived messages by id. */
    archivedMessages: (id: string) => session(id, 'archive:messages'),
    /** Sorted set of their ids by position. */
    archivedOrder: (id: string) => session(id, 'archive:order'),
    /** Sorted set of an owner's archived sessions by last activity. */
    archivedOf: (owner: string) => `${namespace}:owner:${owner}:archive`,
    /** Sorted set of all archived sessions by last activity. */
    archivedSessions: `${namespace}:archive`,
    /** Hash of request counters over all isolates. */
    counters: `${namespace}:counters`,
    /** String: a copy of a sealed credential, '' when it has been removed. */
    credential: (key: string) => `${namespace}:login:credential:${key}`,
    /** String: who renews a credential, or that it failed a moment ago. */
    renewal: (key: string) => `${namespace}:login:renewal:${key}`,
    /** String: a login that has begun, sealed, under its state. */
    loginFlow: (state: string) => `${namespace}:login:flow:${state}`,
    /** Prefix of the rate limiter's buckets. */
    rateLimit: `${namespace}:limit`,
    /** String: the API key behind a hash as JSON, or that it is revoked. */
    apiKey: (hash: string) => `${namespace}:key:${hash}`,
    /** Set of the addresses that no rate limit holds for. */
    bypass: `${namespace}:bypass`,
  };
}
export type RedisKeys = ReturnType<typeof redisKeys>;

/** A lease outlives several missed flushes and one slow round trip; a dead producer is noticed after this time. */
export const LEASE_MS = 15_000;
/** A client that lost its connection has this long to come back for the rest of a finished turn. */
export const JOURNAL_AFTER_END_MS = 10 * 60_000;
/** A session whose question nobody answered in time stays for cron to end its turn properly, also after an outage. */
export const QUESTION_AFTER_END_MS = 60 * 60_000;
/** A journal whose producer died is kept as long as somebody may still take the turn over. */
export const JOURNAL_RUNNING_MS = 30 * 60_000;
/** The list keeps this many times MEMORY_MAX messages, so that cutting a window into whole turns always has enough to cut from. */
export const MEMORY_KEEP_FACTOR = 2;
/** Long enough for the archive to hear of a deletion, also when it was away for a day. */
export const DELETED_MS = 48 * 3600_000;
/** A reservation outlives its lease by more than the minute after which cron claims the turn: whoever goes on with it still holds it. */
export const RESERVATION_GRACE_MS = 75_000;
/** Hashes of reservations are cleared of dead ones whenever they are read; this only removes what nobody reads. */
export const RESERVATIONS_MS = 48 * 3600_000;
/** A day's usage is kept until a bill for the month can be looked into. */
export const USAGE_DAY_MS = 40 * 24 * 3600_000;
/** A month's usage is kept for a year. */
export const USAGE_MONTH_MS = 400 * 24 * 3600_000;
