import { z } from 'zod';
import { messageContent } from './message-content.ts';
import { answerSchema } from './answer-schema.ts';
import type { ChatMessage, ModelRequest } from './model-request.ts';

const item = z.union([
  z.object({ type: z.literal('function_call'), call_id: z.string(), name: z.string(), arguments: z.string() }),
  z.object({ type: z.literal('function_call_output'), call_id: z.string(), output: messageContent }),
  z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: messageContent }),
  z.looseObject({ type: z.enum(['reasoning', 'item_reference']) }).transform(() => null),
]);

const responsesRequest = z.object({
  model: z.string(),
  instructions: z.string().nullish(),
  input: z.union([z.string().transform((content) => [{ role: 'user' as const, content }]), z.array(item)]),
  stream: z.boolean().nullish(),
  tools: z.array(z.looseObject({ type: z.string(), name: z.string().optional(), parameters: z.unknown() })).nullish(),
  tool_choice: z.union([z.enum(['auto', 'none', 'required']), z.looseObject({ name: z.string() })]).nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string(), schema: z.unknown() }).nullish() }).nullish(),
});

/** Reads the body of `POST /v1/responses`; throws a ZodError for anything else. */
export function parseResponsesRequest(body: unknown): ModelRequest {
  const request = responsesRequest.parse(body);
  const choice = request.tool_choice ?? 'auto';
  const system = request.instructions ? [textMessage('system', request.instructions)] : [];
  return {
    model: request.model,
    streamed: request.stream ?? false,
    includeUsage: true,
    messages: [...system, ...request.input.flatMap(toMessages)],
    tools: (request.tools ?? []).flatMap(({ name, parameters }) => (name === undefined ? [] : [{ name, parameters }])),
    toolChoice: typeof choice === 'string' ? choice : { name: choice.name },
    ...answerSchema(request.text?.format?.type, request.text?.format?.schema),
  };
}

function toMessages(item: z.output<typeof responsesRequest>['input'][number]): ChatMessage[] {
  if (item === null) return [];
  if ('role' in item) return [textMessage(item.role === 'developer' ? 'system' : item.role, item.content)];
  if (item.type === 'function_call_output') {
    return [{ role: 'tool', text: item.output, calls: [], callId: item.call_id }];
  }
  const call = { id: item.call_id, name: item.name, arguments: item.arguments };
  return [{ role: 'assistant', text: '', calls: [call], callId: null }];
}

function textMessage(role: 'system' | 'user' | 'assistant', text: string): ChatMessage {
  return { role, text, calls: [], callId: null };
}
