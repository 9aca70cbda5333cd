import type {
  CallToolResult,
  GetPromptResult,
  Prompt,
  ReadResourceResult,
  Resource,
  ResourceTemplateType,
} from '@modelcontextprotocol/client';
import type { Caller } from '../auth/caller.ts';
import type { CatalogueTool } from './catalogue.ts';
import type { TurnTools } from './tool-hub.ts';
import type { ToolProgress } from './tool-progress.ts';

/** A tool under the name that a turn has it by. */
export interface OfferedTool extends Omit<CatalogueTool, 'name'> {
  name: string;
  server: string;
}

/** What servers have of one kind, and which of them could not be asked. */
export interface Offers<T> {
  found: { server: string; item: T }[];
  unavailable: TurnTools['unavailable'];
}

/**
 * Everything that the servers offer, outside of a turn. Results come as their servers gave them. What cannot be done throws AppError:
 * `unknown_tool`, `tool_denied`, `unknown_prompt`, `resource_not_found`, `tool_refused` (the server said no, in its own words) or `tool_unavailable`.
 */
export interface ToolDirectory {
  /** Sorted by name. */
  readonly tools: readonly OfferedTool[];
  readonly unavailable: TurnTools['unavailable'];
  call(
    name: string,
    input: Record<string, unknown>,
    onProgress?: (progress: ToolProgress) => void,
  ): Promise<CallToolResult>;
  resources(): Promise<Offers<Resource>>;
  resourceTemplates(): Promise<Offers<ResourceTemplateType>>;
  /** Asks the first server that lists this address, or has a template that it fits. */
  readResource(uri: string): Promise<ReadResourceResult>;
  /** Under names like those of tools. */
  prompts(): Promise<Offers<Prompt>>;
  getPrompt(name: string, input: Record<string, string>): Promise<GetPromptResult>;
  /** Closes whatever connections were opened. Never rejects. */
  close(): Promise<void>;
}

export interface OpenDirectory {
  caller: Caller;
  /** The subset of servers to use; undefined means all that are configured. */
  serverNames: readonly string[] | undefined;
  signal: AbortSignal;
  /** Keeps work alive after the response, as the platform's function of that name. */
  waitUntil(promise: Promise<unknown>): void;
}
