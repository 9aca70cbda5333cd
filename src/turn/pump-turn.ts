import type { UIMessageChunk } from 'ai';
import { AppError, type ErrorCode } from '../errors.ts';
import type { JournalChunk, TurnLease } from '../journal/turn-journal.ts';
import type { MessageStatus } from '../memory/stored-message.ts';
import { pushCompact } from '../wire/compact-chunks.ts';
import { journalWriter } from './journal-writer.ts';
import type { TokenUsage, TurnOutcome } from './turn-runner.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

/** Everything a turn produced, up to its last chunk but one: the terminal chunk is the end's to write. */
export interface Produced {
  status: MessageStatus;
  /** The lease was lost on the way: somebody else owns the turn now, and nothing may be written. */
  lost: boolean;
  /** All chunks so far, deltas joined. */
  chunks: UIMessageChunk[];
  /** Chunks that no flush has carried. */
  rest: JournalChunk[];
  lastSeq: number;
  /** The runner's own last chunk, held back until the turn is decided. */
  terminal: UIMessageChunk;
  usage: TokenUsage | undefined;
  modelId: string | undefined;
  failure: TurnFailure | undefined;
}

/** Why a turn has no whole answer, in words for the client. */
export interface TurnFailure {
  code: ErrorCode;
  message: string;
}

type StopReason = 'stopped' | 'lost' | 'timeout';

/** Chunks that a resumed viewer or a takeover must not miss: they are journaled at once. */
const URGENT = /^(tool-input-available|tool-input-error|tool-output-|tool-approval-|error|finish|abort)/;

/**
 * The one loop that owns the model's stream: numbers chunks, hands them to the viewer, batches them into the journal, sees the stop
 * flag, and decides how it ended. `produce` gets the emit function and the only signal that ends it early; a viewer that leaves does not.
 */
export async function pumpTurn(
  services: TurnServices,
  lease: TurnLease,
  viewer: Viewer,
  messageId: string,
  totalTimeoutMs: number,
  produce: (emit: (chunk: UIMessageChunk) => void, signal: AbortSignal) => Promise<TurnOutcome>,
): Promise<Produced> {
  const { clock, log } = services;
  const controller = new AbortController();
  const stop = (reason: StopReason) => controller.abort(reason);
  const cancelTimeout = clock.after(totalTimeoutMs, () => stop('timeout'));
  const writer = journalWriter({
    journal: services.journal,
    lease,
    clock,
    onStop: () => stop('stopped'),
    onLost: () => stop('lost'),
    onTrouble: (cause) => log('warn', 'journal_flush_failed', { turn_id: lease.turnId }, cause),
  });

  const chunks: UIMessageChunk[] = [];
  let lastSeq = 0;
  let terminal: UIMessageChunk | undefined;
  const emit = (chunk: UIMessageChunk) => {
    if (chunk.type === 'finish' || chunk.type === 'abort') {
      terminal = chunk;
      return;
    }
    const entry = { seq: ++lastSeq, chunk };
    pushCompact(chunks, chunk);
    viewer.write(entry);
    writer.add(entry, URGENT.test(chunk.type));
  };

  let crash: TurnFailure | undefined;
  const outcome = await produce(emit, controller.signal).catch((cause: unknown): TurnOutcome => {
    log('error', 'turn_crashed', { turn_id: lease.turnId }, cause);
    crash = cause instanceof AppError ? cause : failureOf('internal_error');
    return { status: 'failed', finishReason: 'error', usage: undefined, modelId: undefined, failure: undefined };
  });
  cancelTimeout();
  if (outcome.failure)
    log('warn', 'model_failed', { turn_id: lease.turnId, code: outcome.failure.code }, outcome.failure.cause);
  const reason: unknown = outcome.status === 'aborted' ? controller.signal.reason : undefined;
  const verdict = decide(outcome, reason, crash);
  if (chunks.length === 0) emit({ type: 'start', messageId });
  const told = chunks.some(({ type }) => type === 'error');
  if (verdict.failure && !told) emit({ type: 'error', errorText: verdict.failure.message });

  return {
    ...verdict,
    lost: reason === 'lost',
    chunks,
    rest: await writer.close(),
    lastSeq,
    terminal:
      verdict.status === 'stopped' ? { type: 'abort' } : (endOf(terminal) ?? { type: 'finish', finishReason: 'error' }),
    usage: outcome.usage,
    modelId: outcome.modelId,
  };
}

function decide(
  outcome: TurnOutcome,
  reason: unknown,
  crash: TurnFailure | undefined,
): Pick<Produced, 'status' | 'failure'> {
  if (outcome.status === 'complete') return { status: 'complete', failure: undefined };
  if (outcome.status === 'failed') {
    return { status: 'failed', failure: crash ?? failureOf(outcome.failure?.code ?? 'internal_error') };
  }
  if (reason === 'stopped') return { status: 'stopped', failure: undefined };
  return {
    status: 'interrupted',
    failure: failureOf(reason === 'timeout' ? 'provider_timeout' : 'memory_unavailable'),
  };
}

/** An abort that nobody asked for ends as an error, so that every client sees it as one. */
function endOf(terminal: UIMessageChunk | undefined): UIMessageChunk | undefined {
  return terminal?.type === 'finish' ? terminal : undefined;
}

const FAILURE_TEXT = {
  provider_error: 'The model provider failed.',
  provider_timeout: 'The model provider did not answer in time.',
  internal_error: 'An unexpected error occurred.',
  memory_unavailable: 'The session memory cannot be reached right now, so this answer may not have been saved.',
} as const;

export function failureOf(code: keyof typeof FAILURE_TEXT): TurnFailure {
  return { code, message: FAILURE_TEXT[code] };
}
