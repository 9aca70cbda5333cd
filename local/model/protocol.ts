import type { Answer, Usage } from './answer.ts';
import type { ToolCall } from './model-request.ts';

/** How one protocol writes an answer. Every method gives the server-sent events as text. */
export interface Protocol {
  begin(): string;
  reasoning(delta: string): string;
  text(delta: string): string;
  /** `index` counts the calls of this answer from 0. */
  beginCall(call: ToolCall, index: number): string;
  callArguments(call: ToolCall, index: number, delta: string): string;
  endCall(call: ToolCall, index: number): string;
  end(answer: Answer, usage: Usage): string;
  error(): string;
  /** The body of an answer that is not streamed. */
  whole(answer: Answer, usage: Usage): unknown;
}

/** What a protocol needs to know of the request that it answers. */
export interface ProtocolContext {
  /** Unique to the request, the same for the same request. */
  id: string;
  model: string;
  includeUsage: boolean;
}
