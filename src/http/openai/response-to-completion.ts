import type { CompletionMessage, CompletionRequest } from './completion-input.ts';
import type { ResponseItem, ResponseRequest } from './response-input.ts';

/** The same request in the words of chat completions. */
export function responseToCompletion(body: ResponseRequest): CompletionRequest {
  const items: ResponseItem[] = typeof body.input === 'string' ? [{ role: 'user', content: body.input }] : body.input;
  const tools = body.tools ?? [];
  const labels = tools.flatMap((tool) => (tool.type === 'mcp' ? [tool.server_label] : []));
  const { mcp_servers: named = labels.length > 0 ? labels.join(',') : undefined } = body.metadata ?? {};
  const choice = body.tool_choice;
  return {
    model: body.model,
    messages: messagesOf(body.instructions, items),
    stream: body.stream,
    temperature: body.temperature,
    top_p: body.top_p,
    user: body.user,
    max_completion_tokens: body.max_output_tokens,
    tools: tools.flatMap((tool) => (tool.type === 'function' ? [{ type: 'function' as const, function: tool }] : [])),
    tool_choice: typeof choice === 'object' && choice ? { type: 'function', function: { name: choice.name } } : choice,
    response_format: formatOf(body.text?.format),
    metadata: { ...body.metadata, ...(named !== undefined && { mcp_servers: named }) },
  };
}

function messagesOf(instructions: string | null | undefined, items: readonly ResponseItem[]): CompletionMessage[] {
  const messages: CompletionMessage[] = instructions ? [{ role: 'system', content: instructions }] : [];
  for (const item of items) {
    if (item.type === 'function_call') addCall(messages, item);
    else if (item.type === 'function_call_output')
      messages.push({ role: 'tool', tool_call_id: item.call_id, content: textOf(item.output) });
    else if (item.type !== 'reasoning') messages.push(messageOf(item));
  }
  return messages;
}

/** Calls that were made together stand in one message. */
function addCall(messages: CompletionMessage[], item: Extract<ResponseItem, { type: 'function_call' }>): void {
  const called = { name: item.name, arguments: item.arguments };
  const call = { id: item.call_id, type: 'function' as const, function: called };
  const last = messages.at(-1);
  if (last?.role === 'assistant') last.tool_calls = [...(last.tool_calls ?? []), call];
  else messages.push({ role: 'assistant', tool_calls: [call] });
}

function messageOf(item: Extract<ResponseItem, { role: string }>): CompletionMessage {
  if (item.role !== 'user') return { role: item.role, content: textOf(item.content) };
  if (typeof item.content === 'string') return { role: 'user', content: item.content };
  const content = item.content.map((part) =>
    part.type === 'input_image'
      ? { type: 'image_url' as const, image_url: { url: part.image_url } }
      : { type: 'text' as const, text: part.text },
  );
  return { role: 'user', content };
}

function textOf(content: string | { text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

function formatOf(format: NonNullable<ResponseRequest['text']>['format']): CompletionRequest['response_format'] {
  if (!format || format.type !== 'json_schema') return format;
  const { name, description, schema } = format;
  return { type: 'json_schema', json_schema: { name, description, schema } };
}
