import type { UIMessageChunk } from 'ai';
import { authRequiredText } from './auth-required-text.ts';
import { elicitationSchema } from './read-elicitation.ts';

export interface QuestionText {
  /** What to say for this chunk: that the turn waits for a person, or a tool server does, and with what; '' for none. */
  next(chunk: UIMessageChunk): string;
}

/** A turn's questions in words, for formats that have nothing else to ask with. */
export function questionText(): QuestionText {
  const tools = new Map<string, string>();
  return {
    next(chunk) {
      switch (chunk.type) {
        case 'tool-input-available':
          tools.set(chunk.toolCallId, chunk.toolName);
          return '';
        case 'tool-approval-request':
          if (chunk.isAutomatic) return '';
          return `Waiting for approval of \`${tools.get(chunk.toolCallId) ?? ''}\` (${chunk.approvalId}).`;
        case 'data-mcp-elicitation': {
          const asked = elicitationSchema.safeParse(chunk.data).data;
          if (!asked || asked.answered) return '';
          const messages = asked.requests.map(({ message, url }) =>
            url === undefined ? message : `${message} ${url}`,
          );
          return `Waiting for an answer to \`${asked.tool_name}\` (${asked.elicitation_id}): ${messages.join(' ')}`;
        }
        case 'data-mcp-auth-required':
          return authRequiredText(chunk.data);
        default:
          return '';
      }
    },
  };
}
