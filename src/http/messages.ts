import type { z } from 'zod';
import type { HeldTurn } from '../journal/turn-journal.ts';
import type { TurnOptions } from '../journal/turn-options.ts';
import { runTurn } from '../turn/run-turn.ts';
import { admitTurn } from '../turn/admit-turn.ts';
import { sessionMissing, turnRunning } from '../turn/start-turn.ts';
import type { TurnRequest } from '../turn/turn-request.ts';
import { noViewer } from '../turn/viewer.ts';
import type { StreamFormat } from '../wire/stream-formats.ts';
import { formatOfDoor, requestedFormat, wantsStream } from './choose-format.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppContext } from './context.ts';
import { clientLeft, liveResponse } from './live-response.ts';
import { type optionsSchema, requestOptions, sendMessageSchema, textMessage } from './message-input.ts';
import { filePart } from './attachment-input.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { withAttachments } from './message-attachments.ts';
import { withContext } from './message-context.ts';
import { parseBody } from './parse-body.ts';
import { setRateLimitHeaders, tooManyRequests } from './rate-limit-headers.ts';
import { checkedMemoryLimit, checkedMemoryTokens, checkedModel, checkedServers } from './session-input.ts';
import { idOf } from './sessions.ts';
import { showTurn } from './show-turn.ts';
import { wholeReply } from './whole-reply.ts';

/** `POST /sessions/{id}/messages`: one turn, answered whole or streamed, as the `Accept` header says. */
export async function sendMessage(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const body = await parseBody(c, sendMessageSchema);
  const options = turnOptions(c, body.options, body);
  const text = textMessage(`msg_${services.newId()}`, body.content, body.role, body.attachments.map(filePart));
  const message = await withContext(c, text, body.options, options.serverNames);
  if (message instanceof Response) return message;
  const before = message.parts.length - text.parts.length;
  const sessionId = idOf(c);
  const attaching = {
    sessionId,
    message,
    model: options.model,
    createsSession: false,
    fieldOf: (part: number) => `attachments.${part - before}`,
  };
  return withAttachments(c, attaching, (complete, onRefused) =>
    takeTurn(
      c,
      {
        sessionId,
        owner: c.get('caller').owner,
        message: complete,
        idempotencyKey: idempotencyKey(c),
        createSession: undefined,
        continues: true,
        door: 'own',
        detached: false,
        onBusy: body.on_busy,
        options,
      },
      onRefused,
    ),
  );
}

/** Checks what can be refused before anything is stored. */
export function turnOptions(
  c: AppContext,
  options: z.infer<typeof optionsSchema>,
  memory: Pick<z.infer<typeof sendMessageSchema>, 'memory_limit' | 'memory_tokens'> = {},
): TurnOptions {
  const services = c.get('services');
  const memoryLimit = checkedMemoryLimit(services, memory.memory_limit);
  const memoryTokens = checkedMemoryTokens(services, memory.memory_tokens);
  const model = checkedModel(services, options.model);
  const serverNames = checkedServers(services, options.server_names);
  return {
    ...requestOptions(options),
    ...(memoryLimit !== undefined && { memoryLimit }),
    ...(memoryTokens !== undefined && { memoryTokens }),
    ...(model !== null && { model }),
    ...(serverNames !== null && { serverNames }),
  };
}

/** Runs a turn for any door that answers in our own formats. `onRefused` is told when the message was not accepted. */
export async function takeTurn(
  c: AppContext,
  request: TurnRequest,
  onRefused: () => void = () => {},
): Promise<Response> {
  const services = c.get('services');
  const { policy } = services;
  // What can be refused is refused before the message is accepted.
  policy.chooseModels(request.options.model);
  const format = requestedFormat(c) ?? formatOfDoor(request.door);
  const verdict = await admitTurn(services, policy, request, clientIdentities(c));
  if (verdict.kind !== 'begun' && verdict.kind !== 'replay') onRefused();
  if (verdict.kind === 'limited') return tooManyRequests(c, verdict.decision);
  setRateLimitHeaders(c, verdict.decision);
  switch (verdict.kind) {
    case 'missing':
      throw sessionMissing(request.sessionId);
    case 'busy':
    case 'unfinished':
      throw turnRunning(verdict.turnId);
    case 'replay':
      // Sent before, under the same idempotency key: nothing new is started.
      return showTurn(c, request.door, format, { sessionId: request.sessionId, turnId: verdict.turnId, afterSeq: 0 });
    case 'begun':
      return answerBegun(c, request, format, verdict);
  }
}

/** Answers a turn that has just begun. The turn belongs to `waitUntil` from here on: the client may leave. */
async function answerBegun(
  c: AppContext,
  request: TurnRequest,
  format: StreamFormat,
  held: HeldTurn,
): Promise<Response> {
  const services = c.get('services');
  const { policy, waitUntil } = services;
  if (!wantsStream(c, request.door)) {
    const running = runTurn(services, policy, held, noViewer(clientLeft(c)));
    waitUntil(running);
    return wholeReply(c, held, await running);
  }
  const { response, viewer } = liveResponse(c, format, held.lease);
  waitUntil(runTurn(services, policy, held, viewer));
  return response;
}
