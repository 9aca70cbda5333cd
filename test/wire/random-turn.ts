import type { UIMessageChunk } from 'ai';
import * as fc from 'fast-check';
import { call, FAIL, FINISH, RESTART, result, STOP, text } from './scripted-turns.ts';

/** Text that clients must get. Abandoned steps hold nothing but X, so that a test can tell them apart. */
const word = fc
  .array(fc.constantFrom('a', 'b', ' ', '{', '}', '"', '\\', 'س', 'é', '😀'), { minLength: 1, maxLength: 4 })
  .map((characters) => characters.join(''));
const words = fc.array(word, { maxLength: 4 });

const abandoned = fc.record({ deltas: fc.array(fc.constantFrom('X', 'XX'), { maxLength: 3 }), call: fc.boolean() });
const toolCall = fc.record({
  runsCode: fc.boolean(),
  argument: words.map((parts) => parts.join('')),
  cutAt: fc.array(fc.nat(40), { maxLength: 3 }),
  answer: fc.stringMatching(/^[a-z]{1,5}$/),
  outcome: fc.constantFrom('result', 'error', 'refused'),
});
const step = fc.record({
  abandoned: fc.array(abandoned, { maxLength: 2 }),
  reasoning: fc.boolean(),
  deltas: words,
  calls: fc.array(toolCall, { maxLength: 2 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

export interface ExpectedItem {
  /** The number of the chunk that brings it. */
  seq: number;
  kind: 'text' | 'call' | 'result';
  /** A call's argument, a result's text. */
  said: string;
  id: string;
  runsCode: boolean;
}

export interface RandomTurn {
  chunks: UIMessageChunk[];
  expected: ExpectedItem[];
  ending: 'complete' | 'stopped' | 'failed';
}

/** A valid turn with all that it must show: restarted steps, reasoning, tools whose calls and answers overlap, every ending. */
export const randomTurn: fc.Arbitrary<RandomTurn> = fc
  .record({
    steps: fc.array(step, { maxLength: 3 }),
    ending: fc.constantFrom('complete' as const, 'stopped' as const, 'failed' as const),
  })
  .map(({ steps, ending }) => {
    const chunks: UIMessageChunk[] = [{ type: 'start', messageId: 'm' }];
    const expected: ExpectedItem[] = [];
    const add = (more: readonly UIMessageChunk[]) => chunks.push(...more);
    const expect = (kind: ExpectedItem['kind'], said: string, id = '', runsCode = false) =>
      expected.push({ seq: chunks.length, kind, said, id, runsCode });
    for (const [index, each] of steps.entries()) {
      add([{ type: 'start-step' }]);
      for (const attempt of each.abandoned) add(abandonedAttempt(attempt, chunks.length));
      addStep(each, index, add, expect);
      add([{ type: 'finish-step' }]);
    }
    add({ complete: FINISH.slice(1), stopped: STOP, failed: FAIL }[ending]);
    return { chunks, expected, ending };
  });

function abandonedAttempt({ deltas, call: calls }: Step['abandoned'][number], unique: number): UIMessageChunk[] {
  const begun = call(`gone_${unique}`, 'code_interpreter', ['{"code":"X', '"}']).slice(0, 2);
  return [...text(...deltas).slice(0, -1), ...(calls ? begun : []), ...RESTART];
}

function addStep(
  { reasoning, deltas, calls }: Step,
  index: number,
  add: (chunks: readonly UIMessageChunk[]) => void,
  expect: (kind: ExpectedItem['kind'], said: string, id?: string, runsCode?: boolean) => void,
): void {
  const known = calls.map((each, at) => ({ ...each, id: `call_${index}_${at}` }));
  if (reasoning) add([{ type: 'reasoning-start', id: 'r' }]);
  if (reasoning) add([{ type: 'reasoning-delta', id: 'r', delta: 'R' }]);
  for (const chunk of text(...deltas)) {
    add([chunk]);
    if (chunk.type === 'text-delta') expect('text', chunk.delta);
  }
  for (const { id, runsCode, argument, cutAt } of known) {
    const name = runsCode ? 'code__code_interpreter' : 'find';
    const json = JSON.stringify({ code: argument });
    const cuts = [0, ...cutAt.map((at) => at % json.length).sort((a, b) => a - b), json.length];
    add(
      call(
        id,
        name,
        cuts.slice(1).map((to, piece) => json.slice(cuts[piece], to)),
      ),
    );
    expect('call', argument, id, runsCode);
  }
  for (const { id, runsCode, answer, outcome } of known) {
    const about = { toolCallId: id, errorText: answer, dynamic: true };
    const content = [{ type: 'text', text: answer }];
    if (outcome === 'error') add([{ type: 'tool-output-error', ...about }]);
    else add([result(id, { content, ...(outcome === 'refused' && { isError: true }) })]);
    expect('result', answer, id, runsCode);
  }
}
