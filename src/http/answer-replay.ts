import { AppError } from '../errors.ts';
import { followTurn } from '../journal/follow-turn.ts';
import type { TurnRequest } from '../turn/turn-request.ts';
import { uiStreamEncoder } from '../wire/ui-stream-encoder.ts';
import type { AppContext } from './context.ts';
import { messageBody } from './session-body.ts';
import { historyBody, sessionNotFound } from './sessions.ts';
import { streamViewer } from './stream-viewer.ts';
import { wantsStream } from './wants-stream.ts';

/** A message that was sent before, under the same idempotency key: its turn is shown again, or waited for; nothing new is started. */
export async function answerReplay(c: AppContext, request: TurnRequest, turnId: string): Promise<Response> {
  const { journal, clock, waitUntil, log } = c.get('services');
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const chunks = followTurn({ journal, sessionId: request.sessionId, turnId, afterSeq: 0, now: clock.now, sleep });
  if (!wantsStream(c, request)) {
    for await (const _ of chunks);
    return storedReply(c, turnId);
  }
  const { readable, writable } = new IdentityTransformStream();
  const encoder = uiStreamEncoder(turnId);
  const viewer = streamViewer(writable, encoder, clock);
  const copy = async () => {
    try {
      for await (const entry of chunks) viewer.write(entry);
    } catch (cause) {
      log('warn', 'replay_failed', { turn_id: turnId }, cause);
      viewer.write({ seq: Number.MAX_SAFE_INTEGER, chunk: { type: 'error', errorText: 'This turn was interrupted.' } });
    }
    await viewer.close();
  };
  waitUntil(copy());
  return c.body(readable, 200, encoder.headers);
}

/** The whole reply of a turn that has ended, from the session's memory. */
async function storedReply(c: AppContext, turnId: string): Promise<Response> {
  const services = c.get('services');
  const found = await services.sessions(c.get('caller')).read(c.req.param('id') ?? '');
  if (!found) throw sessionNotFound(c);
  const message = found.messages.find((item) => item.turn_id === turnId && item.message.role === 'assistant');
  if (!message || message.status === 'failed') {
    throw new AppError('provider_error', 'The model provider failed.', { details: { turn_id: turnId } });
  }
  const prompt = found.session.systemPrompt ?? services.env.INITIAL_SYSTEM_PROMPT;
  return c.json({
    session_id: found.session.id,
    turn_id: turnId,
    status: message.status,
    model: message.model,
    message: messageBody(message),
    usage: message.usage,
    history: historyBody(found.messages.slice(-found.session.memoryLimit), prompt, found.session.createdAt),
  });
}
