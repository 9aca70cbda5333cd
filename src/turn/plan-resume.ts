import type { UIMessageChunk } from 'ai';
import { readElicitation } from '../wire/read-elicitation.ts';

export interface OpenCall {
  toolCallId: string;
  toolName: string;
  input: unknown;
}

/** A call that waits for a person, or did until a moment ago. */
export interface AskedCall extends OpenCall {
  /** Of the question. */
  id: string;
  kind: 'approval' | 'elicitation';
  /** What the person said, as far as the journal knows. */
  answer: 'none' | 'yes' | 'no';
  /** Of an elicitation: what its server wants back, sealed. */
  state: string;
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
  /** The open step's calls that have no result and wait for nobody. */
  openCalls: OpenCall[];
  /** Calls that a person was asked about and that have no result yet, of whatever step. */
  askedCalls: AskedCall[];
  /** The last step called no tool: the answer is whole, only its end is missing. */
  answered: boolean;
}

export function planResume(chunks: readonly UIMessageChunk[]): ResumePlan {
  let stepsDone = 0;
  let answered = false;
  let calls: Map<string, OpenCall & { settled: boolean }> | null = null;
  const inputs = new Map<string, OpenCall>();
  const asked = new Map<string, AskedCall>();
  const ask = (toolCallId: string, question: Pick<AskedCall, 'id' | 'kind' | 'answer' | 'state'>) => {
    const call = inputs.get(toolCallId);
    if (call) asked.set(toolCallId, { ...call, ...question });
  };
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
        inputs.set(toolCallId, { toolCallId, toolName, input });
        break;
      }
      case 'tool-approval-request':
        if (chunk.isAutomatic) break;
        ask(chunk.toolCallId, { id: chunk.approvalId, kind: 'approval', answer: 'none', state: '' });
        break;
      case 'tool-approval-response': {
        const call = [...asked.values()].find(({ id }) => id === chunk.approvalId);
        if (call) call.answer = chunk.approved ? 'yes' : 'no';
        break;
      }
      case 'data-mcp-elicitation': {
        const { tool_call_id: toolCallId, elicitation_id: id, answered, state } = readElicitation(chunk.data);
        ask(toolCallId, { id, kind: 'elicitation', answer: answered ? 'yes' : 'none', state });
        break;
      }
      case 'tool-input-error':
      case 'tool-output-error':
      case 'tool-output-denied':
        settle(calls, asked, chunk.toolCallId);
        break;
      case 'tool-output-available':
        if (!chunk.preliminary) settle(calls, asked, chunk.toolCallId);
        break;
      default:
    }
  }
  const openCalls = [...(calls?.values() ?? [])].filter(
    ({ settled, toolCallId }) => !settled && !asked.has(toolCallId),
  );
  const openStep = calls === null ? 'none' : calls.size === 0 ? 'restart' : 'settle';
  return { stepsDone, openStep, openCalls, askedCalls: [...asked.values()], answered: openStep === 'none' && answered };
}

function settle(
  calls: Map<string, { settled: boolean }> | null,
  asked: Map<string, AskedCall>,
  toolCallId: string,
): void {
  asked.delete(toolCallId);
  const call = calls?.get(toolCallId);
  if (call) call.settled = true;
}
