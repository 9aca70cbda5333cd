import { callerOf } from '../auth/caller.ts';
import { AppError } from '../errors.ts';
import type { HeldTurn, JournalChunk } from '../journal/turn-journal.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { requestMeter } from '../observe/request-meter.ts';
import type { TurnTools } from '../tools/tool-hub.ts';
import { archiveTurn } from './archive-turn.ts';
import { awaitPerson, openQuestions } from './await-person.ts';
import { endTurn, type TurnVerdict } from './end-turn.ts';
import { finishTrace } from './finish-trace.ts';
import { leaveTurn, suspendTurn } from './leave-turn.ts';
import { logTurn } from './log-turn.ts';
import { missingTool } from './missing-tool.ts';
import { planResume } from './plan-resume.ts';
import { produceTurn } from './produce-turn.ts';
import { recollectTurn } from './recollect-turn.ts';
import { showPause } from './show-pause.ts';
import { showQuestion } from './show-question.ts';
import { showToolStatus } from './show-tool-status.ts';
import { failureOf, type TurnFailure } from './turn-failure.ts';
import { titleTurn } from './title-turn.ts';
import { startPump, type StopReason, type TurnPump } from './turn-pump.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnOutcome } from './turn-runner.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

export interface TurnResult {
  turnId: string;
  /** `suspended`: nobody was there to see the end, and whoever looks next goes on. `lost`: another producer owns the turn. */
  status: StoredMessage['status'] | 'suspended' | 'lost';
  /** The assistant's message as stored; null when the turn produced nothing, or could not be saved. */
  message: StoredMessage | null;
  failure: TurnFailure | undefined;
}

export interface ResumePoint {
  /** What an earlier producer has journaled. */
  previous: readonly JournalChunk[];
  /** The turn is only to be ended with what there is: somebody stopped it, or it is not worth another try. */
  endAs: 'stopped' | 'interrupted' | 'unanswered' | undefined;
}

/**
 * One chat turn from the moment its lease is held: tools, model, end. Read this first.
 * It never rejects: whatever happens, the viewer is told and closed, and the journal is ended, or left to whoever claims it next.
 */
export async function runTurn(
  services: TurnServices,
  policy: TurnPolicy,
  held: HeldTurn,
  viewer: Viewer,
  { previous, endAs }: ResumePoint = { previous: [], endAs: undefined },
): Promise<TurnResult> {
  const { clock, log } = services;
  // The request that takes a turn over did not ask for it, and cron has many turns at once.
  const begins = previous.length === 0 && services.meter.requestId !== undefined;
  const meter = begins ? services.meter : requestMeter(() => clock.now());
  const { totalTimeoutMs, afterDepartureMs } = policy;
  const times = { startedAt: meter.startedAt, totalTimeoutMs, afterDepartureMs };
  const trace = services.startTrace?.();
  const pump = startPump(services, { lease: held.lease, viewer, previous, trace, ...times });
  if (endAs) pump.stop(endAs);
  const result = await conduct({ ...services, meter }, policy, held, viewer, pump);
  const reading = pump.meter.read();
  meter.record('model', reading.modelMs);
  meter.record('first-token', reading.firstTokenMs);
  if (reading.toolCalls > 0) meter.record('tools', reading.toolsMs);
  logTurn(log, meter, held, result, reading);
  if (trace) finishTrace(trace, meter, held, result);
  return result;
}

async function conduct(
  services: TurnServices,
  policy: TurnPolicy,
  held: HeldTurn,
  viewer: Viewer,
  pump: TurnPump,
): Promise<TurnResult> {
  const { lease } = held;
  const messageId = `msg_${lease.turnId}`;
  const verdict = await decideTurn(services, policy, held, pump, messageId);
  if (verdict.status === 'lost') return leaveTurn(lease.turnId, 'lost', pump, viewer);
  if (verdict.status === 'suspended') {
    const suspended = await suspendTurn(services, held, pump);
    return leaveTurn(lease.turnId, suspended ? 'suspended' : 'lost', pump, viewer);
  }
  if (verdict.status === 'awaiting') {
    const result = await awaitPerson(services, policy, held, pump, messageId, verdict);
    if (!result.held) return leaveTurn(lease.turnId, 'lost', pump, viewer);
    if (!result.stop) {
      showPause(viewer, pump.log.lastSeq, lease.turnId);
      await viewer.close();
      return { turnId: lease.turnId, status: 'awaiting', message: result.message, failure: undefined };
    }
    verdict.status = 'stopped';
  }
  const { status } = verdict;
  const ended = await services.meter.measure('end', () =>
    endTurn(services, held, pump, messageId, { ...verdict, status }, viewer),
  );
  if (ended) {
    services.waitUntil(archiveTurn(services, held, ended));
    services.waitUntil(titleTurn(services, held, ended));
    services.waitUntil(recollectTurn(services, policy, held, ended));
  }
  return {
    turnId: lease.turnId,
    status: verdict.status,
    message: ended?.message ?? null,
    failure: verdict.failure ?? (ended ? undefined : failureOf('memory_unavailable')),
  };
}

type Verdict = Omit<TurnVerdict, 'status'> & { status: TurnResult['status'] };

async function decideTurn(
  services: TurnServices,
  policy: TurnPolicy,
  held: HeldTurn,
  pump: TurnPump,
  messageId: string,
): Promise<Verdict> {
  let turnTools: TurnTools | undefined;
  try {
    if (pump.signal.aborted) return broken(pump, undefined);
    turnTools = await services.tools.prepare({
      caller: callerOf(held.session.owner),
      sessionId: held.session.id,
      serverNames: held.options.serverNames ?? held.session.mcpServers ?? undefined,
      cached: held.alongside,
      signal: pump.signal,
      onQuestion: (question) => showQuestion(pump, question),
      onProgress: (data) => pump.emit({ type: 'data-mcp-progress', id: data.toolCallId, transient: true, data }),
      onAuthRequired: (data) => pump.emit({ type: 'data-mcp-auth-required', transient: true, data }),
      waitUntil: services.waitUntil,
    });
    showToolStatus(pump, messageId, turnTools);
    const missing = missingTool(held.options, turnTools, pump);
    if (missing) return { ...answered(undefined), status: 'failed', failure: missing };
    const outcome = await produceTurn(services, policy, held, pump, messageId, turnTools);
    if (outcome.status === 'aborted') return broken(pump, outcome);
    if (outcome.failure)
      services.log(
        'warn',
        'model_failed',
        { turn_id: held.lease.turnId, code: outcome.failure.code },
        outcome.failure.cause,
      );
    if (outcome.status === 'complete') {
      const status = openQuestions(pump).length > 0 ? 'awaiting' : 'complete';
      return { ...answered(outcome), status, failure: undefined };
    }
    const failure = failureOf(outcome.failure?.code ?? 'internal_error');
    return { ...answered(outcome), status: hasWork(pump) ? 'interrupted' : 'failed', failure };
  } catch (cause) {
    services.log('error', 'turn_crashed', { turn_id: held.lease.turnId }, cause);
    const failure =
      cause instanceof AppError ? { code: cause.code, message: cause.message } : failureOf('internal_error');
    return { status: 'failed', failure, finishReason: 'error', modelId: undefined, usage: undefined };
  } finally {
    await turnTools?.close();
  }
}

/** Whether there is more than text that a next try would only say again: tool calls that were made, and must not be forgotten. */
function hasWork({ log }: TurnPump): boolean {
  const { stepsDone, openStep } = planResume(log.chunks);
  return stepsDone > 0 || openStep === 'settle';
}

/** How a turn that was broken off counts: a stop is what somebody wanted, running out of time is a failure with a partial answer. */
function broken(pump: TurnPump, outcome: TurnOutcome | undefined): Verdict {
  const reason: StopReason = pump.signal.reason;
  const about = answered(outcome);
  if (reason === 'stopped') return { ...about, status: 'stopped', failure: undefined };
  if (reason === 'interrupted') return { ...about, status: 'interrupted', failure: failureOf('internal_error') };
  if (reason === 'unanswered') return { ...about, status: 'interrupted', failure: undefined };
  if (reason === 'timeout') return { ...about, status: 'interrupted', failure: failureOf('provider_timeout') };
  return { ...about, status: reason === 'departed' ? 'suspended' : 'lost', failure: undefined };
}

function answered(outcome: TurnOutcome | undefined): Pick<Verdict, 'finishReason' | 'modelId' | 'usage'> {
  return { finishReason: outcome?.finishReason, modelId: outcome?.modelId, usage: outcome?.usage };
}
