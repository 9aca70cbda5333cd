import {
  convertToModelMessages,
  type FilePart,
  type ModelMessage,
  type TextPart,
  type ToolSet,
  type UIMessage,
} from 'ai';

/**
 * What the model is sent for these messages. Tool calls that never got a result are left out: a provider refuses them. Of data parts it is
 * sent what `convertDataPart` makes of them.
 */
export function toModelMessages(
  messages: readonly UIMessage[],
  tools: ToolSet,
  convertDataPart: (part: { type: string; data: unknown }) => TextPart | FilePart | undefined,
): Promise<ModelMessage[]> {
  return convertToModelMessages([...messages], { tools, ignoreIncompleteToolCalls: true, convertDataPart });
}
