import type { UIMessage } from 'ai';
import type { TurnOptions } from '../journal/turn-options.ts';
import type { Session } from '../memory/session.ts';
import type { ChosenPrompts } from '../prompts/choose-prompt-set.ts';
import type { ModelCandidate } from '../model/model-catalogue.ts';

/** One message to be answered, whichever door it came through. */
export interface TurnRequest {
  sessionId: string;
  owner: string;
  message: UIMessage;
  idempotencyKey: string | undefined;
  createSession: Session | undefined;
  /** The client has seen this session before: it is not begun anew when nobody can tell whether the archive has it. */
  continues: boolean;
  door: string;
  /** The answer is not given to this request: whoever reads the turn's stream first produces it. */
  detached: boolean;
  /** What to do while an earlier turn runs. */
  onBusy: 'reject' | 'queue' | 'interrupt';
  options: TurnOptions;
}

/** The deployment's settings that a turn follows. */
export interface TurnPolicy {
  maxSteps: number;
  totalTimeoutMs: number;
  /** How long a turn goes on after its client has left. */
  afterDepartureMs: number;
  /** How long a turn waits for a person. */
  questionTtlMs: number;
  /** INITIAL_SYSTEM_PROMPT. */
  systemPrompt: string | undefined;
  /**
   * The prompts that a session names, or else those that the deployment gives every session (PROMPT_SET), for the model; null when there
   * are none.
   */
  promptsOf(name: string | null, modelId: string): ChosenPrompts | null;
  /** MEMORY_TOKENS_DEFAULT. */
  memoryTokens: number;
  /** Throws AppError `unknown_model` or `provider_unconfigured`. */
  chooseModels(requested: string | undefined): readonly [ModelCandidate, ...ModelCandidate[]];
}
