import { streamTurn, type MeasuredTurn } from './stream-turn.ts';
import type { Target } from './target.ts';
import type { TimedModel } from './timed-model.ts';

/** So many at once: making a crowd is not what is measured, and a slow machine must get through it. */
const AT_ONCE = 25;

/** Sessions that have answered once, so that a crowd of streams begins in the same state each time. */
export async function warmSessions(
  model: TimedModel,
  target: Target,
  count: number,
  modelName: string,
): Promise<string[]> {
  const open = async (): Promise<string> => {
    const session = await target.newSession();
    await streamTurn(model, target, session, modelName);
    return session;
  };
  const sessions: string[] = [];
  while (sessions.length < count) {
    const length = Math.min(AT_ONCE, count - sessions.length);
    sessions.push(...(await Promise.all(Array.from({ length }, open))));
  }
  return sessions;
}

/** One stream in each session, all at the same time. */
export function streamCrowd(
  model: TimedModel,
  target: Target,
  sessions: readonly string[],
  modelName: string,
): Promise<MeasuredTurn[]> {
  return Promise.all(sessions.map((session) => streamTurn(model, target, session, modelName)));
}
