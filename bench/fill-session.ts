import { MODELS } from './models.ts';
import { streamTurn } from './stream-turn.ts';
import type { Target } from './target.ts';
import type { TimedModel } from './timed-model.ts';

/** A session that holds so many messages, made by turns of one word: a question and an answer each. */
export async function fillSession(
  model: TimedModel,
  target: Target,
  messages: number,
  progress: (text: string) => void,
): Promise<string> {
  const session = await target.newSession();
  for (let stored = 0; stored < messages; stored += 2) {
    await streamTurn(model, target, session, MODELS.instant);
    progress(`filling a session, ${stored + 2} of ${messages} messages`);
  }
  return session;
}
