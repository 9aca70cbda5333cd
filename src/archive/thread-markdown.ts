import type { UIMessage } from 'ai';
import type { Session } from '../memory/session.ts';
import type { StoredMessage } from '../memory/stored-message.ts';

const NAMES: Record<UIMessage['role'], string> = { user: 'User', assistant: 'Assistant', system: 'System' };

/** A thread for people to read: what was said, and which tools were called. */
export function threadToMarkdown(session: Session, messages: readonly StoredMessage[]): string {
  const said = messages.map(
    ({ message, created_at, model }) =>
      `## ${NAMES[message.role]}\n\n*${[created_at, model].filter(Boolean).join(', ')}*\n\n${partsOf(message)}`,
  );
  const title = (session.title ?? 'Conversation').replaceAll('\n', ' ');
  return `${[`# ${title}`, ...said].join('\n\n').trimEnd()}\n`;
}

function partsOf(message: UIMessage): string {
  return message.parts
    .flatMap((part) => {
      if (part.type === 'text') return part.text === '' ? [] : [part.text];
      return part.type === 'dynamic-tool'
        ? [fenced(`${part.toolName} ${JSON.stringify(part.input ?? {}, null, 2)}`)]
        : [];
    })
    .join('\n\n');
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}
