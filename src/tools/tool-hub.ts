import type { ToolSet } from 'ai';
import type { Caller } from '../auth/caller.ts';
import type { AuthRequired } from './auth-required.ts';
import type { McpServerConfig } from './mcp-servers.ts';
import type { OpenDirectory, ToolDirectory } from './tool-directory.ts';
import type { ToolAnswer, ToolQuestion } from './tool-question.ts';
import type { ToolProgress } from './tool-progress.ts';

/** The tools of one turn. */
export interface TurnTools {
  /** Sorted by name, so that the prompt's prefix stays the same from turn to turn. */
  tools: ToolSet;
  /** Servers whose tools are missing from this turn, with a reason that is safe to show. */
  unavailable: { server: string; reason: string }[];
  /** What the caller has to do before some of those can be used. */
  authRequired: AuthRequired[];
  /** Tools that are not described as they were before; blocked ones are missing from the turn. */
  changed: { server: string; tools: string[]; blocked: boolean }[];
  /** Whether a call may be made twice without harm: the tool says that it only reads, or that repeating changes nothing. */
  isRepeatable(toolName: string): boolean;
  /** Whether a person is asked before this tool is called. */
  needsApproval(toolName: string): boolean;
  /** Calls whose server wants to know something from the person first: they have no result yet, whatever they returned. */
  readonly waiting: ReadonlySet<string>;
  /**
   * Makes a call again with what its server wanted to know: its result, as the tool's own `execute` gives it. Rejects with AppError; one
   * that says `question_expired` or `approval_invalid` has asked nobody.
   */
  answer(answer: ToolAnswer): Promise<unknown>;
  /** Closes whatever connections the turn's calls opened. Never rejects. */
  close(): Promise<void>;
}

export interface PrepareTools {
  caller: Caller;
  /** Null for a turn that belongs to no chat. */
  sessionId: string | null;
  /** The subset of servers to use; undefined means all that are configured. */
  serverNames: readonly string[] | undefined;
  /** What is stored under `turnKeys` (all servers, whatever `serverNames` says), in the same order; null where nothing is. */
  cached: readonly (string | null)[];
  signal: AbortSignal;
  /** Told how far a running call is, by servers that say so. */
  onProgress?: (progress: ToolProgress & { toolCallId: string }) => void;
  /** Told what a server wants to know from the person before it answers a call; the call is then one of `waiting`. */
  onQuestion?: (question: ToolQuestion) => void;
  /** Told when a call shows that the caller has to log in to its server. */
  onAuthRequired?: (required: AuthRequired) => void;
  /** Keeps work alive after the response, as the platform's function of that name. */
  waitUntil(promise: Promise<unknown>): void;
}

export interface ToolHub {
  /** The configured servers, built-in ones first. */
  serverNames(): string[];
  /**
   * In a sentence that is safe to show, which of these servers need a header that this caller's request does not have; null when all is well.
   * For servers that somebody chose: one of many is only left out.
   */
  missingHeaders(caller: Caller, serverNames: readonly string[]): string | null;
  /** What is known of a server for this caller holds no more: they have logged in or out. */
  forget(caller: Caller, serverName: string): Promise<void>;
  /** The configured remote servers, and how callers get in to them. */
  remoteServers(): readonly McpServerConfig[];
  /**
   * Redis keys to be read together with the begin of a turn: all servers' tool catalogues, since the session's choice of servers is not
   * known yet, and the sessions that this one has at servers.
   */
  turnKeys(caller: Caller, sessionId: string): string[];
  /** What is stored of the servers' catalogues, for a turn that has no begin. Nulls where nothing is, also when the cache cannot be read. */
  readCatalogues(caller: Caller): Promise<(string | null)[]>;
  /**
   * Makes the turn's tools from the cached catalogues. A server with a warm catalogue is not contacted until one of its tools is
   * called; a cold one is listed now, under a deadline; a dead one is left out and reported in `unavailable`. Never rejects.
   */
  prepare(input: PrepareTools): Promise<TurnTools>;
  /** The same servers for who is not in a turn. Only a cold one is contacted, under a deadline. Rejects when `signal` is aborted. */
  open(input: OpenDirectory): Promise<ToolDirectory>;
  /** Ends what a chat session that is no more has at servers. Rejects when the cache cannot be read. */
  endSessions(caller: Caller, sessionId: string): Promise<void>;
}
