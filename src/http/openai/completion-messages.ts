import type { UIMessage } from 'ai';
import { AppError } from '../../errors.ts';
import type { CompletionMessage } from './completion-input.ts';

export interface Conversation {
  /** What system and developer messages say; null without any. */
  instruction: string | null;
  messages: UIMessage[];
}

type Part = UIMessage['parts'][number];

/** The messages of a request as ours; results of functions stand with their calls. Throws AppError `validation_error` for a result without a call. */
export function completionMessages(given: readonly CompletionMessage[], parameter = 'messages'): Conversation {
  const results = new Map(given.flatMap((item) => (item.role === 'tool' ? [[item.tool_call_id, item] as const] : [])));
  const called = new Set<string>();
  const instructions: string[] = [];
  const messages: UIMessage[] = [];
  for (const [index, item] of given.entries()) {
    const id = `msg_${index}`;
    switch (item.role) {
      case 'system':
      case 'developer':
        instructions.push(textOf(item.content));
        break;
      case 'user':
        messages.push({ id, role: 'user', parts: userParts(item.content) });
        break;
      case 'assistant': {
        const text = textOf(item.content ?? '');
        const calls = (item.tool_calls ?? []).map((call): Part => {
          called.add(call.id);
          return callPart(call, results.get(call.id));
        });
        messages.push({ id, role: 'assistant', parts: [...(text ? [{ type: 'text' as const, text }] : []), ...calls] });
        break;
      }
      case 'tool':
        if (!called.has(item.tool_call_id))
          throw noSuchCall(
            parameter === 'messages' ? [parameter, index, 'tool_call_id'] : [parameter],
            item.tool_call_id,
          );
        break;
    }
  }
  return { instruction: instructions.length > 0 ? instructions.join('\n\n') : null, messages };
}

function userParts(content: Extract<CompletionMessage, { role: 'user' }>['content']): Part[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map((part): Part => {
    if (part.type === 'text') return { type: 'text', text: part.text };
    const { url } = part.image_url;
    return { type: 'file', url, mediaType: url.slice('data:'.length, url.indexOf(';')) };
  });
}

type Call = NonNullable<Extract<CompletionMessage, { role: 'assistant' }>['tool_calls']>[number];

function callPart(
  { id, function: called }: Call,
  result: Extract<CompletionMessage, { role: 'tool' }> | undefined,
): Part {
  const call = {
    type: 'dynamic-tool' as const,
    toolName: called.name,
    toolCallId: id,
    input: inputOf(called.arguments),
  };
  if (!result) return { ...call, state: 'input-available' };
  return { ...call, state: 'output-available', output: textOf(result.content) };
}

/** Arguments come back as the model wrote them, which may be no JSON. */
function inputOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function textOf(content: string | { text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

function noSuchCall(place: (string | number)[], id: string): AppError {
  const msg = `answers the call "${id}", which no message before it makes`;
  const loc = ['body', ...place];
  return new AppError('validation_error', `Request validation failed: ${place.join('.')}: ${msg}`, {
    details: { errors: [{ type: 'custom', msg, loc }] },
  });
}
