import type { UIMessageChunk } from 'ai';
import type { JournalChunk, TurnLease } from '../journal/turn-journal.ts';
import type { TurnTrace } from '../observe/turn-trace.ts';
import { chunkLog, type ChunkLog } from './chunk-log.ts';
import { journalWriter } from './journal-writer.ts';
import type { TurnServices } from './turn-services.ts';
import { turnMeter, type TurnMeter } from './turn-meter.ts';
import type { Viewer } from './viewer.ts';

/** What ended a turn before its model did. */
export type StopReason = 'stopped' | 'interrupted' | 'lost' | 'timeout' | 'departed' | 'unanswered';

/** The one way from a turn's producer to its viewer and its journal. */
export interface TurnPump {
  readonly log: ChunkLog;
  readonly meter: TurnMeter;
  readonly trace: TurnTrace | undefined;
  /** The only thing that ends a model's stream early; its reason is a StopReason. A viewer that leaves does not, until its time is over. */
  readonly signal: AbortSignal;
  stop(reason: StopReason): void;
  /** Numbers the chunk, shows it to the viewer without waiting, and queues it for the journal. */
  emit(chunk: UIMessageChunk): void;
  /** Resolves once the journal knows of this tool call: only then may it happen, or a takeover could make it happen twice. */
  callJournaled(toolCallId: string): Promise<void>;
  /** Resolves once the journal holds everything that was emitted so far. */
  allJournaled(): Promise<void>;
  /** Stops the timers and returns the chunks that no flush has carried. */
  close(): Promise<JournalChunk[]>;
}

export interface PumpOptions {
  lease: TurnLease;
  viewer: Viewer;
  /** When the turn began for whoever waits for it, in milliseconds since the epoch. */
  startedAt: number;
  trace?: TurnTrace | undefined;
  /** What an earlier producer has journaled. */
  previous: readonly JournalChunk[];
  totalTimeoutMs: number;
  afterDepartureMs: number;
}

/** Chunks that a resumed viewer or a takeover must not miss: they are journaled at once. */
const URGENT =
  /^(tool-input-available|tool-input-error|tool-output-|tool-approval-|data-mcp-elicitation|data-restart|reset-step|error)/;

export function startPump({ journal, clock, log: writeLog }: TurnServices, options: PumpOptions): TurnPump {
  const { lease, viewer } = options;
  const controller = new AbortController();
  const log = chunkLog(options.previous);
  const meter = turnMeter(() => clock.now(), options.startedAt);
  const calls = new Map<string, PromiseWithResolvers<void>>();
  const stop = (reason: StopReason) => controller.abort(reason);
  const cancels = [clock.after(options.totalTimeoutMs, () => stop('timeout'))];
  let closed = false;

  const writer = journalWriter({
    journal,
    lease,
    clock,
    onStop: () => stop('stopped'),
    onLost: () => stop('lost'),
    onTrouble: (cause) => writeLog('warn', 'journal_flush_failed', { turn_id: lease.turnId }, cause),
  });
  void viewer.departed.then(() => {
    if (!closed) cancels.push(clock.after(options.afterDepartureMs, () => stop('departed')));
  });

  const callOf = (toolCallId: string) => {
    const call = calls.get(toolCallId) ?? Promise.withResolvers<void>();
    calls.set(toolCallId, call);
    return call;
  };

  return {
    log,
    meter,
    trace: options.trace,
    signal: controller.signal,
    stop,
    emit(chunk) {
      const entry = log.add(chunk);
      meter.see(chunk);
      viewer.write(entry);
      writer.add(entry, URGENT.test(chunk.type));
      const toolCallId = allowedCall(log, chunk);
      if (toolCallId !== undefined) void writer.flushed(entry.seq).then(callOf(toolCallId).resolve);
    },
    callJournaled: (toolCallId) => callOf(toolCallId).promise,
    allJournaled: () => writer.flushed(log.lastSeq),
    async close() {
      closed = true;
      for (const cancel of cancels) cancel();
      return writer.close();
    },
  };
}

/** The call that may happen once the journal holds this chunk: the one that it is, or the one that a person allows with it. */
function allowedCall({ chunks }: ChunkLog, chunk: UIMessageChunk): string | undefined {
  if (chunk.type === 'tool-input-available') return chunk.toolCallId;
  if (chunk.type !== 'tool-approval-response') return undefined;
  const isRequest = (item: UIMessageChunk) =>
    item.type === 'tool-approval-request' && item.approvalId === chunk.approvalId;
  const request = chunks.find(isRequest);
  return request?.type === 'tool-approval-request' ? request.toolCallId : undefined;
}
