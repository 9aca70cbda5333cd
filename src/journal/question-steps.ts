import type { UpstashMemoryOptions } from '../memory/upstash.ts';
import { QUESTION_AFTER_END_MS } from '../redis/keys.ts';
import type { Script } from '../redis/script.ts';
import { answerScript } from './answer-script.ts';
import { batch, member, settlement } from './script-arguments.ts';
import { readAnswer, readWait } from './script-replies.ts';
import type { TurnJournal } from './turn-journal.ts';
import { waitScript } from './wait-script.ts';

type RunScript = (script: Script, names: string[], args: (string | number)[]) => Promise<unknown>;

/** The steps of a turn that waits for a person. */
export function questionSteps(
  { keys, now, sessionTtlMs }: UpstashMemoryOptions,
  run: RunScript,
): Pick<TurnJournal, 'wait' | 'answer'> {
  return {
    async wait({ lease, session }, { message, questions, expiresAt, rest, bill }) {
      const { sessionId: id, turnId } = lease;
      const names = [
        keys.turn(id),
        keys.journal(id, turnId),
        keys.session(id),
        keys.messages(id),
        keys.runningTurns,
        keys.liveSessions,
        keys.ownerSessions(session.owner),
      ];
      const settled = settlement(keys, bill, names.length + 1);
      names.push(...settled.names);
      const ttlMs = Math.max(sessionTtlMs, expiresAt - now() + QUESTION_AFTER_END_MS);
      const reply = await run(waitScript, names, [
        turnId,
        lease.epoch,
        ...batch(rest),
        expiresAt,
        JSON.stringify(message),
        JSON.stringify(questions),
        ttlMs,
        now() + ttlMs,
        member(lease),
        id,
        settled.json,
        ...questions.flatMap((question) => [question.id, question.kind]),
      ]);
      const position = readWait(reply);
      if (position === null) return { held: false };
      return position === 'stop'
        ? { held: true, stop: true }
        : { held: true, stop: false, message: { ...message, position } };
    },

    async answer(id, owner, answers) {
      const names = [keys.session(id), keys.turn(id), keys.runningTurns];
      const given = answers.flatMap((answer) => [answer.id, answer.kind, JSON.stringify(answer)]);
      return readAnswer(
        await run(answerScript, names, [owner, now(), member({ sessionId: id, turnId: '' }), ...given]),
      );
    },
  };
}
