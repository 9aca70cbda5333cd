import type { LanguageModelV4 } from '@ai-sdk/provider';
import { tool } from 'ai';
import { z } from 'zod';
import { sdkRunner } from '../../src/model/sdk-runner.ts';
import { manualClock } from '../fakes/manual-clock.ts';
import { brief, recordTurn } from './recorded-turn.ts';

const add = tool({ inputSchema: z.object({ a: z.number() }), execute: ({ a }) => a + 1 });

/** One turn with a tool `add`; the chunks in lines, without those that only frame or prepare others. */
export async function askVendor(languageModel: LanguageModelV4) {
  const timeouts = { headersMs: 1000, firstTokenMs: 1000, stallMs: 1000 };
  const runner = sdkRunner({ timeouts, clock: manualClock(), mergeDeltasMs: 0 });
  const turn = recordTurn(runner, [{ id: 'm', languageModel }], { tools: { add }, instructions: 'Be brief.' });
  const outcome = await turn.outcome;
  const framing = /^(custom|text-start|text-end|tool-input-(start|delta))/;
  return { outcome, lines: turn.chunks.map(brief).filter((line) => !framing.test(line)) };
}

const WORDS = ['start msg_1', 'start-step', 'text-delta Hello', 'text-delta there'];
const AFTER_WORDS = ['finish-step', 'finish stop'];
export const DONE = [...WORDS, ...AFTER_WORDS];
export const BROKEN = [...WORDS, 'error The model provider failed.', 'finish-step', 'finish error'];
export const TOOL_TURN = [
  'start msg_1',
  'start-step',
  'tool-input-available add {"a":1}',
  'tool-output-available 2',
  'finish-step',
  ...WORDS.slice(1),
  ...AFTER_WORDS,
];
