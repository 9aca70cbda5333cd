import type { ToolChoice, ToolSet, UIMessage } from 'ai';
import type { Session } from '../memory/session.ts';
import type { ModelCandidate } from '../model/model-catalogue.ts';
import type { ModelSettings } from './turn-runner.ts';

/** One message to be answered, whichever door it came through. */
export interface TurnRequest {
  sessionId: string;
  owner: string;
  message: UIMessage;
  idempotencyKey: string | undefined;
  /** For this turn only. */
  memoryLimit: number | undefined;
  createSession: Session | undefined;
  door: string;
  settings: ModelSettings;
  toolChoice: ToolChoice<ToolSet> | undefined;
  /** Overrides the session's choice of tool servers. */
  serverNames: readonly string[] | undefined;
  /** Overrides the system prompt. */
  instruction: string | undefined;
  /** Catalogue id; overrides the session's model. */
  model: string | undefined;
}

/** The deployment's settings that a turn follows. */
export interface TurnPolicy {
  maxSteps: number;
  totalTimeoutMs: number;
  /** INITIAL_SYSTEM_PROMPT. */
  systemPrompt: string | undefined;
  /** Throws AppError `unknown_model` or `provider_unconfigured`. */
  chooseModels(requested: string | undefined): readonly [ModelCandidate, ...ModelCandidate[]];
}
