import { AppError } from '../errors.ts';
import type { Answer } from '../memory/question.ts';
import { sessionMissing } from '../turn/start-turn.ts';
import { approvalsSchema, elicitationsSchema } from './answer-input.ts';
import { formatOfDoor, requestedFormat, wantsStream } from './choose-format.ts';
import type { AppContext } from './context.ts';
import { parseBody } from './parse-body.ts';
import { idOf } from './sessions.ts';
import { showTurn } from './show-turn.ts';

/** `POST /sessions/{id}/approvals`: allows or refuses what the session's turn waits with; with the last answer it goes on. */
export async function answerApprovals(c: AppContext): Promise<Response> {
  return giveAnswers(c, idOf(c), await parseBody(c, approvalsSchema), 'own');
}

/** `POST /sessions/{id}/elicitations`: tells a tool's server what it wants to know. */
export async function answerElicitations(c: AppContext): Promise<Response> {
  return giveAnswers(c, idOf(c), await parseBody(c, elicitationsSchema), 'own');
}

/** Takes what a person says, and shows how the turn goes on; 202 while there is more to answer. Throws what cannot be answered (any more). */
export async function giveAnswers(
  c: AppContext,
  sessionId: string,
  answers: readonly Answer[],
  door: string,
): Promise<Response> {
  const services = c.get('services');
  const format = requestedFormat(c) ?? formatOfDoor(door);
  // What cannot go on is not to be answered.
  services.policy.chooseModels(undefined);
  const result = await services.journal.answer(sessionId, c.get('caller').owner, answers);
  switch (result.kind) {
    case 'missing':
      throw sessionMissing(sessionId);
    case 'unknown':
      throw new AppError('question_not_found', `Nothing was asked here under the id \`${result.id}\`.`);
    case 'closed':
      throw new AppError('question_closed', `\`${result.id}\` has been answered, or its turn has ended.`, {
        details: { turn_id: result.turnId },
      });
    case 'expired':
      throw new AppError('question_expired', `The time to answer \`${result.id}\` is over.`, {
        details: { turn_id: result.turnId },
      });
    case 'open':
    case 'ready': {
      const { kind, turnId, seq, left } = result;
      const about = { session_id: sessionId, turn_id: turnId, status: 'awaiting', questions_left: left };
      if (kind === 'open' && !wantsStream(c, door)) return c.json(about, 202);
      return showTurn(c, door, format, { sessionId, turnId, afterSeq: seq });
    }
  }
}
