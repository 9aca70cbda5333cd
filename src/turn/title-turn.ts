import type { HeldTurn } from '../journal/turn-journal.ts';
import { textOfMessage } from '../memory/text-of-message.ts';
import { cutAtWord } from '../text/cut-at-word.ts';
import type { SavedTurn } from './end-turn.ts';
import type { TurnServices } from './turn-services.ts';

const TITLE_CHARACTERS = 60;

/**
 * Names a session after its first answered question, unless it has a name. Nobody waits for it, and it never rejects: without a model, or
 * when that fails, the question's first words have to do.
 */
export async function titleTurn(
  { titles, log }: TurnServices,
  { session, history, userMessage, lease }: HeldTurn,
  { message }: SavedTurn,
): Promise<void> {
  // Serial turns ask for it once: the next one has an answer of a model in its history.
  if (session.title !== null || !message?.model || history.some(({ model }) => model !== null)) return;
  const question = textOfMessage(userMessage.message);
  try {
    const title = (await titles.write(question, message.model)) ?? cutAtWord(question, TITLE_CHARACTERS);
    if (title) await titles.keep(session, title);
  } catch (cause) {
    log('warn', 'title_failed', { turn_id: lease.turnId }, cause);
  }
}
