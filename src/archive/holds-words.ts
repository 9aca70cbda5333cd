import type { UIMessage } from 'ai';
import { textOfMessage } from '../memory/text-of-message.ts';
import { normaliseText } from '../text/normalise-text.ts';

/** Whether a message's text holds every word; of the last one its beginning is enough. */
export function holdsWords(message: UIMessage, words: readonly string[]): boolean {
  const said = ` ${normaliseText(textOfMessage(message))} `;
  return words.every((word, index) => said.includes(index === words.length - 1 ? ` ${word}` : ` ${word} `));
}
