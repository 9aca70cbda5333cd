import type { Counts } from '../redis/counts.ts';
import { countResponse, type CountedResponse } from './count-response.ts';
import { observe } from './histogram.ts';

export interface CountedTurn extends CountedResponse {
  outcome: string;
  firstTokenMs: number | undefined;
  inputTokens: number;
  outputTokens: number;
  toolCalls: number;
  failedToolCalls: number;
}

/** What a turn adds at its end. It counts as the response that a client gets who waits for the whole answer. */
export function countTurn(turn: CountedTurn): Counts {
  return {
    ...countResponse(turn),
    ...(turn.firstTokenMs !== undefined && observe('first_token', turn.firstTokenMs)),
    [`outcome:${turn.outcome}`]: 1,
    'tokens:input': turn.inputTokens,
    'tokens:output': turn.outputTokens,
    'tools:ok': turn.toolCalls - turn.failedToolCalls,
    'tools:failed': turn.failedToolCalls,
  };
}
