import { z } from 'zod';
import { messageContent } from './message-content.ts';
import { answerSchema } from './answer-schema.ts';
import type { ChatMessage, ModelRequest } from './model-request.ts';

const toolCall = z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) });

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer', 'user']), content: messageContent }),
  z.object({ role: z.literal('assistant'), content: messageContent, tool_calls: z.array(toolCall).nullish() }),
  z.object({ role: z.literal('tool'), content: messageContent, tool_call_id: z.string() }),
]);

type IncomingMessage = z.output<typeof message>;

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  tools: z.array(z.object({ function: z.object({ name: z.string(), parameters: z.unknown() }) })).nullish(),
  tool_choice: z
    .union([z.enum(['auto', 'none', 'required']), z.object({ function: z.object({ name: z.string() }) })])
    .nullish(),
  response_format: z.object({ type: z.string(), json_schema: z.object({ schema: z.unknown() }).optional() }).nullish(),
});

/** Reads the body of `POST /v1/chat/completions`; throws a ZodError for anything else. */
export function parseChatRequest(body: unknown): ModelRequest {
  const request = chatRequest.parse(body);
  const choice = request.tool_choice ?? 'auto';
  return {
    model: request.model,
    streamed: request.stream ?? false,
    includeUsage: request.stream_options?.include_usage ?? false,
    messages: request.messages.map(toMessage),
    tools: (request.tools ?? []).map((tool) => tool.function),
    toolChoice: typeof choice === 'string' ? choice : choice.function,
    ...answerSchema(request.response_format?.type, request.response_format?.json_schema?.schema),
  };
}

function toMessage(message: IncomingMessage): ChatMessage {
  const plain = { text: message.content, calls: [], callId: null };
  if (message.role === 'tool') return { ...plain, role: 'tool', callId: message.tool_call_id };
  if (message.role === 'user') return { ...plain, role: 'user' };
  if (message.role !== 'assistant') return { ...plain, role: 'system' };
  const calls = (message.tool_calls ?? []).map(({ id, function: called }) => ({ id, ...called }));
  return { ...plain, role: 'assistant', calls };
}
