import { refusal, startTurn } from '../turn/start-turn.ts';
import type { TurnRequest } from '../turn/turn-request.ts';
import { answerBegun } from './answer-turn.ts';
import { answerReplay } from './answer-replay.ts';
import type { AppContext } from './context.ts';
import { optionsSchema, requestOptions, sendMessageSchema, textMessage } from './message-input.ts';
import { parseBody } from './parse-body.ts';
import { tooManyRequests } from './rate-limit-headers.ts';
import { checkedMemoryLimit, checkedModel, checkedServers } from './session-input.ts';
import { idOf } from './sessions.ts';
import type { z } from 'zod';

const IDEMPOTENCY_KEY_MAX = 200;

/** `POST /sessions/{id}/messages`: one turn, answered whole or streamed, as the `Accept` header says. */
export async function sendMessage(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const body = await parseBody(c, sendMessageSchema);
  return takeTurn(c, {
    sessionId: idOf(c),
    owner: c.get('caller').owner,
    message: textMessage(`msg_${services.newId()}`, body.content, body.role),
    idempotencyKey: c.req.header('idempotency-key')?.slice(0, IDEMPOTENCY_KEY_MAX),
    memoryLimit: checkedMemoryLimit(services, body.memory_limit),
    createSession: undefined,
    door: 'own',
    ...turnOptions(c, body.options),
  });
}

/** Checks what can be refused before anything is stored. */
export function turnOptions(c: AppContext, options: z.infer<typeof optionsSchema>) {
  const services = c.get('services');
  return {
    ...requestOptions(options),
    model: checkedModel(services, options.model) ?? undefined,
    serverNames: checkedServers(services, options.server_names) ?? undefined,
  };
}

/** Runs a turn for any door that answers in our own formats. */
export async function takeTurn(c: AppContext, request: TurnRequest): Promise<Response> {
  const services = c.get('services');
  // Refuses a deployment without a model before the message is accepted.
  services.policy.chooseModels(request.model);
  const start = { ...services, now: services.clock.now };
  const verdict = await startTurn(start, request, await services.identities(c.req.raw));
  switch (verdict.kind) {
    case 'limited':
      return tooManyRequests(c, verdict.decision);
    case 'missing':
    case 'busy':
      throw refusal(verdict, request.sessionId);
    case 'replay':
      return answerReplay(c, request, verdict.turnId);
    case 'begun':
      return answerBegun(c, request, verdict.begun, verdict.decision);
  }
}
