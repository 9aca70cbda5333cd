import { convertToModelMessages, type ModelMessage, type ToolSet, type UIMessage } from 'ai';

/** What the model is sent for these messages. Tool calls that never got a result are left out: a provider refuses them. */
export function toModelMessages(messages: readonly UIMessage[], tools: ToolSet): Promise<ModelMessage[]> {
  return convertToModelMessages([...messages], { tools, ignoreIncompleteToolCalls: true });
}
