import { attachTurn, type AttachTo } from '../turn/attach-turn.ts';
import { noViewer } from '../turn/viewer.ts';
import type { StreamFormat } from '../wire/stream-formats.ts';
import { wantsStream } from './choose-format.ts';
import type { AppContext } from './context.ts';
import { clientLeft, liveResponse } from './live-response.ts';
import { storedReply } from './whole-reply.ts';

/** Answers with a turn that was begun before: streamed from its journal after `afterSeq`, or whole once it has ended. */
export async function showTurn(c: AppContext, door: string, format: StreamFormat, turn: AttachTo): Promise<Response> {
  const services = c.get('services');
  const { policy, waitUntil } = services;
  if (!wantsStream(c, door)) {
    const attached = attachTurn(services, policy, turn, noViewer(clientLeft(c)));
    waitUntil(attached);
    await attached;
    return storedReply(c, turn.turnId);
  }
  const { response, viewer } = liveResponse(c, format, turn);
  // A stream begins with the message that it is about, also when it begins in the middle.
  const messageId = `msg_${turn.turnId}`;
  if (turn.afterSeq > 0) viewer.write({ seq: turn.afterSeq, chunk: { type: 'start', messageId } });
  waitUntil(attachTurn(services, policy, turn, viewer));
  return response;
}
