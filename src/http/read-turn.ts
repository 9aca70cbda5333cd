import { z } from 'zod';
import { attachTurn } from '../turn/attach-turn.ts';
import { stopWherever } from '../turn/admit-turn.ts';
import { sessionMissing } from '../turn/start-turn.ts';
import { formatOfDoor, requestedFormat } from './choose-format.ts';
import type { AppContext } from './context.ts';
import { liveResponse } from './live-response.ts';
import { parseWith } from './parse-body.ts';
import { idOf } from './sessions.ts';

const resumePoint = z.object({
  'last-event-id': z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,80}:\d{1,12}$/, 'must be the id of an event of this stream')
    .optional(),
});

/**
 * `GET /sessions/{id}/stream`: attaches to the session's waiting, running or latest turn, from the start or after `Last-Event-ID`.
 * 204 when there is none. `missingAs204` is for clients that ask before the session exists.
 */
export async function readTurn(c: AppContext, missingAs204 = false): Promise<Response> {
  const services = c.get('services');
  const format = requestedFormat(c);
  const sessions = services.sessions(c.get('caller'));
  const found = await (missingAs204 ? sessions.getLive(idOf(c)) : sessions.get(idOf(c)));
  if (!found && !missingAs204) throw sessionMissing(idOf(c));
  const lastEventId = parseWith(resumePoint, c.req.header(), 'header')['last-event-id'];
  const [seenTurn, seenSeq] = lastEventId?.split(':') ?? [];
  const turnId = seenTurn ?? found?.turn?.id;
  if (!found?.turn || !turnId) return c.body(null, 204);

  const { state, id } = found.turn;
  const isLatest = turnId === id;
  if (isLatest && state !== 'ended') services.policy.chooseModels(undefined);
  if (!isLatest || state === 'ended') {
    // An ended turn's journal is kept for a while only; without it there is nothing to attach to.
    const page = await services.journal.read(idOf(c), turnId, null);
    if (!page) return c.body(null, 204);
  }
  const turn = { sessionId: idOf(c), turnId, afterSeq: Number(seenSeq ?? 0) };
  const { response, viewer } = liveResponse(c, format ?? formatOfDoor(found.turn.door), turn);
  services.waitUntil(attachTurn(services, services.policy, turn, viewer));
  return response;
}

/** `POST /sessions/{id}/stop`: stops the session's turn, whoever produces it; harmless when there is none. */
export async function stopTurn(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const id = idOf(c);
  const result = await stopWherever(services, services.policy, id, c.get('caller').owner);
  if (result.kind === 'missing' && !(await services.sessions(c.get('caller')).get(id))) throw sessionMissing(id);
  const turnId = 'turnId' in result ? result.turnId : null;
  return c.json({ success: true, stopped: turnId !== null, turn_id: turnId });
}
