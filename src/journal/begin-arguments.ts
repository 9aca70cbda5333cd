import { ANYBODY, guardOf } from '../memory/session-guard.ts';
import type { UpstashMemoryOptions } from '../memory/upstash.ts';
import { ONE_REQUEST } from '../observe/count-response.ts';
import { LEASE_MS } from '../redis/keys.ts';
import { reservation } from './script-arguments.ts';
import type { BeginTurn } from './turn-journal.ts';

/** The keys and arguments of the begin script, in its order. */
export function beginArguments(
  options: UpstashMemoryOptions,
  request: BeginTurn,
): { names: string[]; args: (string | number)[] } {
  const { keys, now, sessionTtlMs } = options;
  const { sessionId: id, createSession } = request;
  const names = [
    keys.session(id),
    keys.messages(id),
    keys.turn(id),
    keys.previousTurn(id),
    keys.idempotency(id, request.idempotencyKey ?? ''),
    keys.ownerSessions(request.owner),
    keys.liveSessions,
    keys.runningTurns,
    keys.outbox,
    keys.counters,
    keys.holderTurns(request.holder?.name ?? ''),
  ];
  const reserved = reservation(keys, request.budget, names.length + 1);
  names.push(...reserved.names, ...request.alongside);
  const args = [
    now(),
    request.owner,
    id,
    request.turnId,
    JSON.stringify(request.message),
    LEASE_MS,
    sessionTtlMs,
    flag(request.idempotencyKey !== undefined),
    request.options.memoryLimit ?? 0,
    createSession ? JSON.stringify(createSession) : '',
    createSession ? guardOf(createSession.owner) : ANYBODY,
    createSession?.memoryLimit ?? 0,
    flag(options.archived),
    JSON.stringify(request.options),
    request.door,
    flag(request.detached),
    request.holder?.most ?? 0,
    options.tally.encode(ONE_REQUEST),
    ...reserved.args,
  ];
  return { names, args };
}

const flag = (value: boolean) => (value ? 1 : 0);
