/** A request to the demonstration model, whichever protocol it came in. */
export interface ModelRequest {
  model: string;
  streamed: boolean;
  /** Chat completions send the usage only when asked; responses always do. */
  includeUsage: boolean;
  messages: ChatMessage[];
  tools: OfferedTool[];
  toolChoice: ToolChoice;
  /** JSON Schema that the answer has to fit; undefined for an answer in words. */
  answerSchema?: unknown;
}

export interface ChatMessage {
  role: 'system' | 'user' | 'assistant' | 'tool';
  text: string;
  /** What an assistant message called. */
  calls: ToolCall[];
  /** The call that a tool message answers. */
  callId: string | null;
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text. */
  arguments: string;
}

export interface OfferedTool {
  name: string;
  /** JSON Schema of the arguments. */
  parameters: unknown;
}

export type ToolChoice = 'auto' | 'none' | 'required' | { name: string };
