import type { UIMessageChunk } from 'ai';

export interface TurnReading {
  durationMs: number;
  /** Until the model began to answer, and until it said or did something; undefined where it never did. */
  modelMs: number | undefined;
  firstTokenMs: number | undefined;
  /** The time of all tool calls, those side by side added up. */
  toolsMs: number;
  toolCalls: number;
  failedToolCalls: number;
}

/** Measures a turn by the chunks that pass. */
export interface TurnMeter {
  see(chunk: UIMessageChunk): void;
  read(): TurnReading;
}

const FIRST_TOKEN = /^(text-delta|reasoning-delta|tool-input-)/;

export function turnMeter(now: () => number, startedAt: number): TurnMeter {
  const running = new Map<string, number>();
  let modelMs: number | undefined;
  let firstTokenMs: number | undefined;
  let toolsMs = 0;
  let toolCalls = 0;
  let failedToolCalls = 0;

  function finishCall(toolCallId: string, failed: boolean): void {
    toolsMs += now() - (running.get(toolCallId) ?? now());
    running.delete(toolCallId);
    if (failed) failedToolCalls += 1;
  }

  return {
    see(chunk) {
      if (chunk.type === 'start-step') modelMs ??= now() - startedAt;
      if (FIRST_TOKEN.test(chunk.type)) firstTokenMs ??= now() - startedAt;
      if (chunk.type === 'tool-input-available') {
        toolCalls += 1;
        running.set(chunk.toolCallId, now());
      }
      if (chunk.type === 'tool-output-available' && chunk.preliminary !== true) finishCall(chunk.toolCallId, false);
      if (chunk.type === 'tool-output-error') finishCall(chunk.toolCallId, true);
    },
    read: () => ({ durationMs: now() - startedAt, modelMs, firstTokenMs, toolsMs, toolCalls, failedToolCalls }),
  };
}
