import type { FinishReason, UIMessageChunk } from 'ai';
import { budgetsLeft, type BudgetLeft } from '../budgets/budgets-left.ts';
import { ERROR_STATUS, type ErrorCode } from '../errors.ts';
import type { EndResult, HeldTurn, TurnEnding } from '../journal/turn-journal.ts';
import type { MessageStatus } from '../memory/stored-message.ts';
import { countTurn } from '../observe/count-turn.ts';
import type { Counts } from '../redis/counts.ts';
import { closeOpenParts } from '../wire/close-open-parts.ts';
import { foldMessage } from '../wire/fold-message.ts';
import { billTurn } from './bill-turn.ts';
import { failureOf, type TurnFailure } from './turn-failure.ts';
import type { TurnPump } from './turn-pump.ts';
import type { TokenUsage } from './turn-runner.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

export interface TurnVerdict {
  status: MessageStatus;
  failure: TurnFailure | undefined;
  finishReason: FinishReason | undefined;
  modelId: string | undefined;
  usage: TokenUsage | undefined;
}

export type SavedTurn = Extract<EndResult, { held: true }>;

/** Waits between the tries to save: an answer that was shown is worth several seconds. */
const RETRY_MS = [250, 1000, 3000];

/** Failures that a new try may not meet again. */
const RETRYABLE = new Set<ErrorCode>(['provider_error', 'provider_timeout', 'memory_unavailable', 'internal_error']);

/** What a tool call that was broken off shows as its result. */
const BROKEN_OFF = 'The turn ended before this tool answered.';

/**
 * Shows the turn's last chunks, saves the answer, and only then closes the viewer. Null when nothing could be saved: the lease was lost,
 * or Redis stayed away; the viewer is told.
 */
export async function endTurn(
  services: TurnServices,
  held: HeldTurn,
  pump: TurnPump,
  messageId: string,
  verdict: TurnVerdict,
  viewer: Viewer,
): Promise<SavedTurn | null> {
  const { log } = pump;
  const rest = await pump.close();
  const show = (chunk: UIMessageChunk) => {
    const entry = log.add(chunk);
    viewer.write(entry);
    rest.push(entry);
  };

  if (log.lastSeq === 0) show({ type: 'start', messageId });
  for (const chunk of closeOpenParts(log.chunks, BROKEN_OFF)) show(chunk);
  if (verdict.failure) {
    const { code, message } = verdict.failure;
    show({ type: 'data-error', transient: true, data: { code, retryable: RETRYABLE.has(code) } });
    show({ type: 'error', errorText: message });
  }
  const answer = await foldMessage(messageId, log.chunks);
  const { usage, bill } = billTurn(services, held, log, verdict, 1);
  const budgets = held.budget ? budgetsLeft(held.budget, bill) : [];
  for (const chunk of lastWords(held, { ...verdict, usage }, budgets)) show(chunk);

  const message = await foldMessage(messageId, log.chunks);
  const saved = await save(services, held, {
    status: verdict.status,
    rest,
    counts: countsOf(pump, verdict, usage),
    bill,
    message: answer &&
      message && {
        v: 1,
        id: messageId,
        turn_id: held.lease.turnId,
        status: verdict.status,
        model: verdict.modelId ?? null,
        usage: usage ?? null,
        created_at: new Date(services.clock.now()).toISOString(),
        message,
      },
  });
  if (!saved) {
    viewer.write(log.add({ type: 'error', errorText: failureOf('memory_unavailable').message }));
  }
  await viewer.close();
  return saved;
}

function countsOf({ meter }: TurnPump, { status, failure }: TurnVerdict, usage: TokenUsage | undefined): Counts {
  return countTurn({
    ...meter.read(),
    outcome: status,
    status: failure ? ERROR_STATUS[failure.code] : 200,
    code: failure?.code,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  });
}

/** `abort` has no room for metadata, which then travels in a chunk of its own. */
function lastWords(
  { lease }: HeldTurn,
  { status, modelId, usage, finishReason, failure }: TurnVerdict,
  budgets: readonly BudgetLeft[],
): UIMessageChunk[] {
  const messageMetadata = {
    turn_id: lease.turnId,
    status,
    ...(modelId && { model: modelId }),
    ...(usage && { usage }),
    ...(budgets.length > 0 && { budgets }),
  };
  if (status === 'stopped') return [{ type: 'message-metadata', messageMetadata }, { type: 'abort' }];
  const reason = failure ? 'error' : finishReason;
  return [{ type: 'finish', ...(reason && { finishReason: reason }), messageMetadata }];
}

async function save(services: TurnServices, { lease }: HeldTurn, ending: TurnEnding): Promise<SavedTurn | null> {
  const { journal, clock, log } = services;
  for (let attempt = 0; ; attempt++) {
    try {
      const result = await journal.end(lease, ending);
      return result.held ? result : null;
    } catch (cause) {
      log('error', 'turn_end_failed', { turn_id: lease.turnId, attempt }, cause);
      const wait = RETRY_MS[attempt];
      if (wait === undefined) return null;
      await new Promise<void>((resolve) => clock.after(wait, resolve));
    }
  }
}
