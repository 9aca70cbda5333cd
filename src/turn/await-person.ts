import type { HeldTurn, WaitResult } from '../journal/turn-journal.ts';
import type { Question } from '../memory/question.ts';
import { foldMessage } from '../wire/fold-message.ts';
import { billTurn } from './bill-turn.ts';
import type { TurnVerdict } from './end-turn.ts';
import { planResume } from './plan-resume.ts';
import type { TurnPump } from './turn-pump.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';

/** What the turn waits for a person to say. */
export function openQuestions({ log }: TurnPump): Question[] {
  return planResume(log.chunks)
    .askedCalls.filter(({ answer }) => answer === 'none')
    .map(({ id, kind, toolCallId, toolName }) => ({ id, kind, tool_call_id: toolCallId, tool_name: toolName }));
}

/** Keeps the answer as far as it is, with what is asked in it, and lets the turn wait for a person. */
export async function awaitPerson(
  services: TurnServices,
  { questionTtlMs }: TurnPolicy,
  held: HeldTurn,
  pump: TurnPump,
  messageId: string,
  verdict: Pick<TurnVerdict, 'modelId' | 'usage'>,
): Promise<WaitResult> {
  const { journal, clock, log } = services;
  const { lease } = held;
  const rest = await pump.close();
  const message = await foldMessage(messageId, pump.log.chunks);
  const { usage, bill } = billTurn(services, held, pump.log, verdict, 0);
  if (!message) throw new Error('A turn that shows no call has nothing to wait for.');
  try {
    return await journal.wait(held, {
      rest,
      bill,
      questions: openQuestions(pump),
      expiresAt: clock.now() + questionTtlMs,
      message: {
        v: 1,
        id: messageId,
        turn_id: lease.turnId,
        status: 'awaiting',
        model: verdict.modelId ?? null,
        usage: usage ?? null,
        created_at: new Date(clock.now()).toISOString(),
        message,
      },
    });
  } catch (cause) {
    // The lease lapses, and whoever looks next finds the questions in the journal.
    log('warn', 'turn_wait_failed', { turn_id: lease.turnId }, cause);
    return { held: false };
  }
}
