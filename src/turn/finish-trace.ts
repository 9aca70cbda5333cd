import type { HeldTurn } from '../journal/turn-journal.ts';
import { hashCaller } from '../observe/hash-caller.ts';
import type { RequestMeter } from '../observe/request-meter.ts';
import type { TurnTrace } from '../observe/turn-trace.ts';
import type { TurnResult } from './run-turn.ts';

/** The turn's own span, over all its calls. The session's id opens the session, so it is not in there. */
export function finishTrace(trace: TurnTrace, meter: RequestMeter, held: HeldTurn, result: TurnResult): void {
  const attributes = {
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.agent.name': 'edgewise',
    'gen_ai.response.model': result.message?.model ?? undefined,
    'gen_ai.usage.input_tokens': result.message?.usage?.inputTokens,
    'gen_ai.usage.output_tokens': result.message?.usage?.outputTokens,
    'edgewise.turn.id': result.turnId,
    'edgewise.turn.outcome': result.status,
    'edgewise.request.id': meter.requestId,
    'enduser.pseudo.id': hashCaller(held.session.owner),
  };
  trace.finish(attributes, result.failure?.code);
}
