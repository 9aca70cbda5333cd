import type { Answer, Usage } from './answer.ts';
import type { Protocol, ProtocolContext } from './protocol.ts';

/** OpenAI chat completions. */
export function chatProtocol({ id, model, includeUsage }: ProtocolContext): Protocol {
  const created = Math.floor(Date.now() / 1000);
  const chunk = (fields: object) =>
    event({ id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created, model, ...fields });
  const delta = (content: object, finishReason: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: content, finish_reason: finishReason }] });

  return {
    begin: () => delta({ role: 'assistant', content: '' }),
    reasoning: (text) => delta({ reasoning_content: text }),
    text: (content) => delta({ content }),
    beginCall: (call, index) =>
      delta({
        tool_calls: [{ index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } }],
      }),
    callArguments: (_call, index, piece) => delta({ tool_calls: [{ index, function: { arguments: piece } }] }),
    endCall: () => '',
    end: (answer, usage) =>
      delta({}, finishReasonOf(answer)) +
      (includeUsage ? chunk({ choices: [], usage: usageFields(usage) }) : '') +
      'data: [DONE]\n\n',
    error: () => event({ error: { message: 'The demonstration model was told to fail.', type: 'server_error' } }),
    whole: (answer, usage) => ({
      id: `chatcmpl-${id}`,
      object: 'chat.completion',
      created,
      model,
      choices: [{ index: 0, message: messageOf(answer), finish_reason: finishReasonOf(answer), logprobs: null }],
      usage: usageFields(usage),
    }),
  };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function messageOf({ reasoning, text, calls }: Answer): object {
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, ...called }) => ({ id, type: 'function', function: called })),
    }),
  };
}

function finishReasonOf({ calls }: Answer): string {
  return calls.length > 0 ? 'tool_calls' : 'stop';
}

function usageFields({ promptTokens, completionTokens }: Usage): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}
