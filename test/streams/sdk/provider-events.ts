const chat = { id: '1', created: 1, model: 'm' };
const chatCall = (json: string, name?: string) => ({
  index: 0,
  ...(name !== undefined && { id: 'k', type: 'function' }),
  function: { ...(name !== undefined && { name }), arguments: json },
});

const callDone = { arguments: '{"a":1}', status: 'completed' };
const item = (output_index: number, begun: object, done: object, between: object[]) => [
  { type: 'response.output_item.added', output_index, item: begun },
  ...between,
  { type: 'response.output_item.done', output_index, item: { ...begun, ...done } },
];

const anthropicMessage = {
  id: 'm1',
  type: 'message',
  role: 'assistant',
  model: 'c',
  content: [],
  usage: { input_tokens: 3, output_tokens: 1 },
};
const block = (index: number, content_block: object, deltas: object[]) => [
  { type: 'content_block_start', index, content_block },
  ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
  { type: 'content_block_stop', index },
];

const gemini = (part: object, finishReason?: string) => ({
  candidates: [{ index: 0, content: { role: 'model', parts: [part] }, ...(finishReason && { finishReason }) }],
});

/** What each of the four protocols sends for a thought, a text and a tool call, as far as it knows them. */
export const providerEvents = {
  compatible: [
    ...['', 'He', 'llo ', '漢字 "q" \\n 😀'].map((content) => ({
      ...chat,
      choices: [{ index: 0, delta: { content } }],
    })),
    { ...chat, choices: [{ index: 0, delta: { tool_calls: [chatCall('{"a"', 'browser')] } }] },
    { ...chat, choices: [{ index: 0, delta: { tool_calls: [chatCall(':1}')] } }] },
    { ...chat, choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
    { ...chat, choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } },
  ],
  openai: [
    { type: 'response.created', response: { id: 'r', created_at: 1, model: 'm' } },
    ...item(0, { id: 'rs', type: 'reasoning', summary: [], encrypted_content: null }, { encrypted_content: 'ENC' }, [
      { type: 'response.reasoning_summary_part.added', item_id: 'rs', summary_index: 0 },
      { type: 'response.reasoning_summary_text.delta', item_id: 'rs', summary_index: 0, delta: 'hm' },
    ]),
    ...item(1, { id: 'ms', type: 'message' }, {}, [
      { type: 'response.output_text.delta', item_id: 'ms', delta: 'He' },
      { type: 'response.output_text.delta', item_id: 'ms', delta: 'llo 漢字' },
    ]),
    ...item(2, { id: 'fc', type: 'function_call', call_id: 'k', name: 'browser', arguments: '' }, callDone, [
      { type: 'response.function_call_arguments.delta', item_id: 'fc', output_index: 2, delta: '{"a"' },
      { type: 'response.function_call_arguments.delta', item_id: 'fc', output_index: 2, delta: ':1}' },
    ]),
    { type: 'response.completed', response: { id: 'r', usage: { input_tokens: 1, output_tokens: 2 } } },
  ],
  anthropic: [
    { type: 'message_start', message: anthropicMessage },
    ...block(0, { type: 'thinking', thinking: '' }, [
      { type: 'thinking_delta', thinking: 'hm ' },
      { type: 'thinking_delta', thinking: 'so' },
      { type: 'signature_delta', signature: 'SIG' },
    ]),
    { type: 'ping' },
    ...block(1, { type: 'text', text: '' }, [
      { type: 'text_delta', text: 'He' },
      { type: 'text_delta', text: 'llo wörld' },
    ]),
    ...block(2, { type: 'tool_use', id: 't1', name: 'browser', input: {} }, [
      { type: 'input_json_delta', partial_json: '{"a"' },
      { type: 'input_json_delta', partial_json: ':1}' },
    ]),
    { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ],
  google: [
    gemini({ text: 'hm ', thought: true }),
    gemini({ text: 'He' }),
    gemini({ text: 'llo 漢字' }),
    gemini({ functionCall: { name: 'browser', args: { a: 1 } }, thoughtSignature: 'S' }),
    {
      ...gemini({ text: '' }, 'STOP'),
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 3, totalTokenCount: 5 },
    },
  ],
} satisfies Record<string, object[]>;
