import type { UIMessage } from 'ai';
import { AppError } from '../../errors.ts';
import type { TurnOptions } from '../../journal/turn-options.ts';
import { statelessTurn } from '../../turn/stateless-turn.ts';
import type { ClientFunction } from '../../tools/client-tools.ts';
import { beginAnswer, type StartedAnswer } from '../begin-answer.ts';
import { clientIdentities } from '../client-identities.ts';
import type { AppContext } from '../context.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { setRateLimitHeaders, tooManyRequests } from '../rate-limit-headers.ts';

export interface AnswerRequest {
  /** Null for a conversation that the client keeps. */
  sessionId: string | null;
  messages: readonly UIMessage[];
  functions: readonly ClientFunction[];
  options: TurnOptions;
}

/** Admits a request's turn, in a session or without one; a response when the rate limit refuses. */
export async function startAnswer(c: AppContext, request: AnswerRequest): Promise<StartedAnswer | Response> {
  const { sessionId } = request;
  return sessionId === null ? startStateless(c, request) : startInSession(c, request, sessionId);
}

async function startStateless(c: AppContext, request: AnswerRequest): Promise<StartedAnswer | Response> {
  const services = c.get('services');
  const { owner } = c.get('caller');
  const turn = await statelessTurn(services, services.policy, { ...request, owner }, clientIdentities(c));
  if (!turn.run) return tooManyRequests(c, turn.decision);
  setRateLimitHeaders(c, turn.decision);
  return { turnId: turn.turnId, run: turn.run };
}

/** A turn like any other: of the messages only the last one, the new one, is believed and looked at. */
async function startInSession(
  c: AppContext,
  { messages, functions, options }: AnswerRequest,
  sessionId: string,
): Promise<StartedAnswer | Response> {
  const message = messages.at(-1);
  if (functions.length > 0)
    throw refused('tools', 'a session has tools of its own; functions need a request without one');
  if (message?.role !== 'user') throw refused('messages', 'the last one must be a user message');
  const request = {
    sessionId,
    owner: c.get('caller').owner,
    message: { ...message, id: `msg_${c.get('services').newId()}` },
    idempotencyKey: idempotencyKey(c),
    createSession: undefined,
    continues: true,
    door: 'openai',
    detached: false,
    onBusy: 'reject' as const,
    options,
  };
  return beginAnswer(c, request);
}

/** A refusal that names the parameter. */
export function refused(parameter: string, msg: string): AppError {
  return new AppError('validation_error', `Request validation failed: ${parameter}: ${msg}`, {
    details: { errors: [{ type: 'custom', msg, loc: ['body', parameter] }] },
  });
}
