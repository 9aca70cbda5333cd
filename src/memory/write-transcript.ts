import type { UIMessage } from 'ai';
import type { StoredMessage } from './stored-message.ts';

const PART_CHARACTERS = 4000;
const TOOL_CHARACTERS = 600;
const TRANSCRIPT_CHARACTERS = 60_000;

/** Messages as plain text for a model that is to summarise them; what is too long is cut, and of too many the oldest go. */
export function writeTranscript(messages: readonly StoredMessage[]): string {
  const lines = messages.flatMap(({ message }) => {
    const said = message.parts.map(linesOfPart).filter(Boolean).join('\n');
    return said ? [`${message.role === 'user' ? 'User' : 'Assistant'}: ${said}`] : [];
  });
  return lines.join('\n\n').slice(-TRANSCRIPT_CHARACTERS).toWellFormed();
}

function linesOfPart(part: UIMessage['parts'][number]): string {
  if (part.type === 'text') return part.text.slice(0, PART_CHARACTERS);
  if (part.type === 'file') return `[a file of the type ${part.mediaType}]`;
  if (!('toolCallId' in part)) return '';
  const name = part.type === 'dynamic-tool' ? part.toolName : part.type.replace(/^tool-/, '');
  const result = part.state === 'output-available' ? ` answered ${brief(part.output)}` : '';
  return `[tool ${name} called with ${brief(part.input)}${result}]`;
}

function brief(value: unknown): string {
  return (JSON.stringify(value) ?? '').slice(0, TOOL_CHARACTERS);
}
