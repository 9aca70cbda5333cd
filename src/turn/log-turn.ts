import type { HeldTurn } from '../journal/turn-journal.ts';
import { hashCaller } from '../observe/hash-caller.ts';
import type { Log } from '../observe/log.ts';
import type { RequestMeter } from '../observe/request-meter.ts';
import type { TurnResult } from './run-turn.ts';
import type { TurnReading } from './turn-meter.ts';

/** One line a turn, or one for each of its producers when it was taken over or waited. */
export function logTurn(log: Log, meter: RequestMeter, held: HeldTurn, result: TurnResult, reading: TurnReading): void {
  const { auth, begin, end } = meter.durations();
  const usage = result.message?.usage;
  log('info', 'turn', {
    request_id: meter.requestId,
    turn_id: result.turnId,
    epoch: held.lease.epoch,
    caller: hashCaller(held.session.owner),
    outcome: result.status,
    code: result.failure?.code,
    model: result.message?.model,
    input_tokens: usage?.inputTokens,
    output_tokens: usage?.outputTokens,
    tool_calls: reading.toolCalls,
    failed_tool_calls: reading.failedToolCalls,
    auth_ms: auth,
    begin_ms: begin,
    model_ms: reading.modelMs,
    first_token_ms: reading.firstTokenMs,
    tools_ms: reading.toolsMs,
    end_ms: end,
    duration_ms: reading.durationMs,
  });
}
