import type { Answer, Usage } from './answer.ts';
import type { ToolCall } from './model-request.ts';
import type { Protocol, ProtocolContext } from './protocol.ts';

const UNSET = {
  object: 'response',
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  tools: [],
  temperature: null,
  top_p: null,
  tool_choice: 'auto',
  output: [],
};

/** OpenAI responses. It has no reasoning to tell. */
export function responsesProtocol({ id, model }: ProtocolContext): Protocol {
  const messageId = `msg_${id}`;
  const createdAt = Math.floor(Date.now() / 1000);
  let sequence = 0;
  let saidSomething = false;

  const event = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`;
  const response = (status: string, fields: object) => ({
    ...UNSET,
    id: `resp_${id}`,
    created_at: createdAt,
    model,
    status,
    ...fields,
  });
  const inMessage = { item_id: messageId, output_index: 0, content_index: 0 };
  const openMessage = () => {
    if (saidSomething) return '';
    saidSomething = true;
    const item = { ...messageItem(messageId, ''), status: 'in_progress', content: [] };
    return (
      event('response.output_item.added', { output_index: 0, item }) +
      event('response.content_part.added', { ...inMessage, part: textPart('') })
    );
  };
  const closeMessage = (text: string) => {
    if (!saidSomething) return '';
    return (
      event('response.output_text.done', { ...inMessage, text, logprobs: [] }) +
      event('response.content_part.done', { ...inMessage, part: textPart(text) }) +
      event('response.output_item.done', { output_index: 0, item: messageItem(messageId, text) })
    );
  };
  const outputIndex = (index: number) => index + (saidSomething ? 1 : 0);

  return {
    begin: () =>
      event('response.created', { response: response('in_progress', {}) }) +
      event('response.in_progress', { response: response('in_progress', {}) }),
    reasoning: () => '',
    text: (delta) => openMessage() + event('response.output_text.delta', { ...inMessage, delta, logprobs: [] }),
    beginCall: (call, index) => {
      const item = { ...callItem(call), arguments: '', status: 'in_progress' };
      return event('response.output_item.added', { output_index: outputIndex(index), item });
    },
    callArguments: (call, index, delta) =>
      event('response.function_call_arguments.delta', {
        item_id: `fc_${call.id}`,
        output_index: outputIndex(index),
        delta,
      }),
    endCall: (call, index) => {
      const at = { item_id: `fc_${call.id}`, output_index: outputIndex(index) };
      return (
        event('response.function_call_arguments.done', { ...at, name: call.name, arguments: call.arguments }) +
        event('response.output_item.done', { output_index: at.output_index, item: callItem(call) })
      );
    },
    end: (answer, usage) =>
      closeMessage(answer.text) + event('response.completed', { response: response('completed', done(answer, usage)) }),
    error: () =>
      event('error', { code: 'server_error', message: 'The demonstration model was told to fail.', param: null }),
    whole: (answer, usage) => response('completed', done(answer, usage)),
  };

  function done(answer: Answer, usage: Usage): object {
    const message = answer.text === '' ? [] : [messageItem(messageId, answer.text)];
    return { output: [...message, ...answer.calls.map(callItem)], usage: usageFields(usage) };
  }
}

function messageItem(id: string, text: string): object {
  return { id, type: 'message', role: 'assistant', status: 'completed', content: [textPart(text)] };
}

function textPart(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

function callItem({ id, name, arguments: json }: ToolCall): object {
  return { id: `fc_${id}`, type: 'function_call', call_id: id, name, arguments: json, status: 'completed' };
}

function usageFields({ promptTokens, completionTokens }: Usage): object {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: promptTokens + completionTokens,
  };
}
