import type { UIMessage } from 'ai';

type Part = UIMessage['parts'][number];

/**
 * The parts of an answer that count. A `data-restart` part says that the open step is run again, so what the dead producer left of
 * that step is dropped; the steps before it stay.
 */
export function answerPartsOf(message: UIMessage): Part[] {
  const parts: Part[] = [];
  for (const part of message.parts) {
    if (part.type !== 'data-restart') {
      parts.push(part);
      continue;
    }
    const openStep = parts.findLastIndex((earlier) => earlier.type === 'step-start');
    parts.splice(Math.max(openStep, 0));
  }
  return parts;
}

/** The answer's own words, without reasoning and tool calls. */
export function answerTextOf(message: UIMessage): string {
  return answerPartsOf(message)
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('\n\n');
}
