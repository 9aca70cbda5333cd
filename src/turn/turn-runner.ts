import type { FinishReason, ModelMessage, ToolChoice, ToolSet, UIMessageChunk } from 'ai';
import type { ModelCandidate } from '../model/model-catalogue.ts';
import type { TurnTrace } from '../observe/turn-trace.ts';

/** Sampling and size limits that a request may set; absent means the provider's default. */
export interface ModelSettings {
  temperature?: number;
  topP?: number;
  maxOutputTokens?: number;
  stopSequences?: string[];
  seed?: number;
  presencePenalty?: number;
  frequencyPenalty?: number;
}

/** The answer is to be JSON: any, or one that fits the schema. */
export interface JsonAnswer {
  name?: string | undefined;
  description?: string | undefined;
  /** JSON Schema. */
  schema?: Record<string, unknown> | undefined;
}

export interface TokenUsage {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cachedInputTokens?: number;
  reasoningTokens?: number;
  /** The provider told nothing, or not all: numbers are counted from the text. */
  estimated?: boolean;
  /** By the prices that are known; null where one is not. Absent until the turn is billed. */
  costUsd?: number | null;
}

export interface TurnInput {
  /** In failover order; the runner moves to the next one only before a step's first meaningful part. */
  models: readonly [ModelCandidate, ...ModelCandidate[]];
  instructions: string | undefined;
  messages: ModelMessage[];
  tools: ToolSet;
  /** Whether a person has to allow calls of this tool: they are shown as requests, and the run ends with their step. */
  needsApproval(toolName: string): boolean;
  /** A call waits for a person: no model is asked any more, and the run ends. */
  isWaiting(): boolean;
  toolChoice: ToolChoice<ToolSet> | undefined;
  maxSteps: number;
  /** Asked between two steps: whether the budget covers another one. */
  mayGoOn(soFar: TokenUsage | undefined, next: { inputTokens: number }): Promise<boolean>;
  settings: ModelSettings;
  /** Undefined for an answer in words. */
  json?: JsonAnswer | undefined;
  /** The id that the `start` chunk carries and the stored message gets. */
  messageId: string;
  /** Aborted by stop, by a lost lease or by the disconnect clock; never by a client that merely left. */
  signal: AbortSignal;
  /** Called in order, never overlapping. Deltas of one part may arrive merged. */
  emit(chunk: UIMessageChunk): void;
  /** Where the calls are traced; absent where nothing is. */
  trace?: TurnTrace | undefined;
}

export type TurnFailureCode = 'provider_error' | 'provider_timeout' | 'approval_invalid' | 'budget_exceeded';

export interface TurnOutcome {
  /** `failed` whenever the provider did not finish properly, whatever the SDK calls it. */
  status: 'complete' | 'aborted' | 'failed';
  finishReason: FinishReason | undefined;
  /** Over all steps; undefined when the provider gave none. */
  usage: TokenUsage | undefined;
  /** Catalogue id of the model that answered last, undefined when none did. */
  modelId: string | undefined;
  failure: { code: TurnFailureCode; cause: unknown } | undefined;
}

/**
 * The seam between the turn (client, journal, lease, stop, saving) and whatever talks to the model.
 * `run` never rejects: a failure is emitted as an `error` chunk, followed by a `finish` chunk, and reported in the outcome.
 * Exactly one `start` and one `finish` (or `abort`) chunk are emitted on every path.
 */
export interface TurnRunner {
  run(input: TurnInput): Promise<TurnOutcome>;
}
