import type { UIMessage } from 'ai';

/** The text parts, a blank line between those of different steps. */
export function textOfMessage(message: UIMessage): string {
  return message.parts
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .filter((text) => text !== '')
    .join('\n\n');
}
