import type { UIMessageChunk } from 'ai';

export interface OpenCall {
  toolCallId: string;
  toolName: string;
  input: unknown;
}

/** Where a turn stands after some of its chunks, and so what is left to do. A step is one call of the model and the tools it called. */
export interface ResumePlan {
  /** Steps that are done, results of their tools included. */
  stepsDone: number;
  /**
   * `none`: the next step can begin. `restart`: the open step has called no tool yet, so the model can be asked again. `settle`: the open
   * step has called tools, which must not happen twice: their results are completed and the step is closed.
   */
  openStep: 'none' | 'restart' | 'settle';
  /** The open step's calls that have no result. */
  openCalls: OpenCall[];
  /** The last step called no tool: the answer is whole, only its end is missing. */
  answered: boolean;
}

export function planResume(chunks: readonly UIMessageChunk[]): ResumePlan {
  let stepsDone = 0;
  let answered = false;
  let calls: Map<string, OpenCall & { settled: boolean }> | null = null;
  for (const chunk of chunks) {
    switch (chunk.type) {
      case 'start-step':
      case 'reset-step':
        calls = new Map();
        break;
      case 'finish-step':
        stepsDone += 1;
        answered = calls === null || calls.size === 0;
        calls = null;
        break;
      case 'tool-input-available': {
        const { toolCallId, toolName, input } = chunk;
        calls?.set(toolCallId, { toolCallId, toolName, input, settled: false });
        break;
      }
      case 'tool-input-error':
      case 'tool-output-error':
      case 'tool-output-denied':
        settle(calls, chunk.toolCallId);
        break;
      case 'tool-output-available':
        if (!chunk.preliminary) settle(calls, chunk.toolCallId);
        break;
      default:
    }
  }
  const openCalls = [...(calls?.values() ?? [])].filter(({ settled }) => !settled);
  const openStep = calls === null ? 'none' : calls.size === 0 ? 'restart' : 'settle';
  return { stepsDone, openStep, openCalls, answered: openStep === 'none' && answered };
}

function settle(calls: Map<string, { settled: boolean }> | null, toolCallId: string): void {
  const call = calls?.get(toolCallId);
  if (call) call.settled = true;
}
