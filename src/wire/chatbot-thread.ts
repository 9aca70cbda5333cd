import type { UIMessage } from 'ai';
import { codeCell } from './code-cell.ts';
import { isCodeTool } from './is-code-tool.ts';
import { codeFailure, lines, onlyText, readCodeResult } from './read-code-result.ts';

/** One variant of seed 004 as its threads keep them: whole, and not cut for the wire. */
export interface ThreadVariant {
  variant: 'ServerHint' | 'User' | 'Assistant' | 'Code' | 'CodeOutput' | 'Image' | 'StreamEnd';
  content: string | { thread_id: string };
  id?: string;
}

export interface ThreadMessage {
  /** How the turn ended, for a message of the assistant. */
  status: string;
  message: UIMessage;
}

/** A thread as seed 004's clients load it: only its very end is a StreamEnd, and a call that has no answer has an empty one. */
export function chatbotThread(threadId: string, messages: readonly ThreadMessage[]): ThreadVariant[] {
  const variants = messages.flatMap(({ message }): ThreadVariant[] => {
    if (message.role !== 'user') return message.parts.flatMap(partVariants);
    const said = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
    const hint: ThreadVariant = { variant: 'ServerHint', content: { thread_id: threadId } };
    return [hint, { variant: 'User', content: said.join('\n\n') }];
  });
  const last = messages.at(-1);
  if (last?.message.role === 'assistant') variants.push({ variant: 'StreamEnd', content: endOf(last.status) });
  return variants;
}

function partVariants(part: UIMessage['parts'][number]): ThreadVariant[] {
  if (part.type === 'text') return part.text === '' ? [] : [{ variant: 'Assistant', content: part.text }];
  if (part.type !== 'dynamic-tool' || !isCodeTool(part.toolName)) return [];
  const { toolCallId: id, toolName, input, output, errorText } = part;
  const cell = codeCell();
  cell.complete(input);
  const failed = errorText === undefined ? null : onlyText(codeFailure(toolName, errorText));
  const { text, images, json } = failed ?? (output === undefined ? onlyText('') : readCodeResult(toolName, output));
  return [
    { variant: 'Code', content: cell.take().join(''), id },
    { variant: 'CodeOutput', content: text, id },
    ...images.map((content, index): ThreadVariant => ({ variant: 'Image', content, id: `${id}_${index}` })),
    ...(json.length > 0 ? [{ variant: 'CodeOutput' as const, content: lines(json), id: `${id}:json` }] : []),
  ];
}

function endOf(status: string): string {
  if (status === 'stopped') return 'Stream is stopped by user.';
  return status === 'complete' || status === 'awaiting' ? 'Stream ended.' : 'Stream ended with an error.';
}
