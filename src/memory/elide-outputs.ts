import type { UIMessage } from 'ai';
import type { StoredMessage } from './stored-message.ts';

/** Shorter outputs stay: the note would save nothing. */
const WORTH_ELIDING_CHARACTERS = 400;

/** The message with a note in place of each longer output of a tool; the calls stay. The same object when there is nothing to shorten. */
export function elideOutputs(stored: StoredMessage): StoredMessage {
  const parts = stored.message.parts.map(elidePart);
  const changed = parts.some((part, index) => part !== stored.message.parts[index]);
  return changed ? { ...stored, message: { ...stored.message, parts } } : stored;
}

function elidePart(part: UIMessage['parts'][number]): UIMessage['parts'][number] {
  if (!('state' in part) || part.state !== 'output-available' || !('output' in part)) return part;
  const { length } = JSON.stringify(part.output) ?? '';
  if (length <= WORTH_ELIDING_CHARACTERS) return part;
  const text = `[output of ${length} characters left out: call the tool again if it matters]`;
  // In the shape of a tool's result, which is how outputs are read.
  return { ...part, output: { content: [{ type: 'text', text }] } };
}
