import type { UIMessageChunk } from 'ai';
import type { TurnInput, TurnOutcome, TurnRunner } from '../../src/turn/turn-runner.ts';

/** A runner that emits what the test tells it, when the test tells it. */
export interface ScriptedRunner extends TurnRunner {
  /** The inputs of all runs so far. */
  runs: TurnInput[];
  emit(...chunks: UIMessageChunk[]): void;
  /** Ends the present run; one that was aborted has ended by itself. */
  end(outcome?: Partial<TurnOutcome>): void;
}

export function scriptedRunner(): ScriptedRunner {
  const runs: TurnInput[] = [];
  let settle: (outcome: TurnOutcome) => void = () => undefined;
  const outcome = (more: Partial<TurnOutcome>): TurnOutcome => ({
    status: 'complete',
    finishReason: 'stop',
    usage: undefined,
    modelId: 'test/model',
    failure: undefined,
    ...more,
  });
  return {
    runs,
    run(input) {
      runs.push(input);
      return new Promise((resolve) => {
        settle = resolve;
        const abort = () => resolve(outcome({ status: 'aborted' }));
        if (input.signal.aborted) abort();
        input.signal.addEventListener('abort', abort);
      });
    },
    emit(...chunks) {
      for (const chunk of chunks) runs.at(-1)?.emit(chunk);
    },
    end: (more = {}) => settle(outcome(more)),
  };
}
