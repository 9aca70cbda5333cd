import { readEvents } from '../test/app/read-events.ts';
import { wordsOf } from './models.ts';
import type { Target } from './target.ts';
import type { SentTimes, TimedModel } from './timed-model.ts';

/** One answer, by performance.now(). */
export interface MeasuredTurn {
  askedAt: number;
  /** When each word was here. */
  arrived: number[];
  closedAt: number;
  /** When the provider let go of them; in a turn with a tool call, those of its last step. */
  sent: SentTimes;
}

let questions = 0;

/** Asks, reads to the end and compares the answer to the letter. Throws when a word is lost, doubled, altered or out of place. */
export async function streamTurn(
  model: TimedModel,
  target: Target,
  session: string,
  modelName: string,
): Promise<MeasuredTurn> {
  questions += 1;
  const question = `question ${questions}`;
  const askedAt = performance.now();
  const response = await target.ask(session, modelName, question);
  if (response.status !== 200) throw new Error(`${target.name} answered ${response.status}: ${await response.text()}`);

  const arrived: number[] = [];
  let text = '';
  let done = false;
  for await (const { data } of readEvents(response.body)) {
    if (data === '[DONE]') {
      done = true;
      continue;
    }
    const now = performance.now();
    const piece = target.textOf(data);
    text += piece;
    // Every word ends in a space.
    for (const character of piece) if (character === ' ') arrived.push(now);
  }
  const closedAt = performance.now();

  const whole = Array.from({ length: wordsOf(modelName) }, (_, index) => `w${index + 1} `).join('');
  if (text !== whole) throw new Error(`${target.name} altered an answer to ${modelName}. It arrived as: ${text}`);
  if (!done) throw new Error(`${target.name} ended an answer to ${modelName} without [DONE].`);
  const sent = model.takeTimes(question);
  if (sent?.words.length !== arrived.length) throw new Error(`The provider's times of "${question}" are missing.`);
  return { askedAt, arrived, closedAt, sent };
}
