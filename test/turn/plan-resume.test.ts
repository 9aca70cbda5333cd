import type { UIMessageChunk } from 'ai';
import { expect, test } from 'vitest';
import { planResume } from '../../src/turn/plan-resume.ts';

const start: UIMessageChunk[] = [{ type: 'start' }, { type: 'start-step' }];
const text: UIMessageChunk[] = [
  { type: 'text-start', id: 'a' },
  { type: 'text-delta', id: 'a', delta: 'x' },
];
const call = (toolCallId: string): UIMessageChunk => ({
  type: 'tool-input-available',
  toolCallId,
  toolName: 'pay',
  input: {},
});
const result = (toolCallId: string): UIMessageChunk => ({ type: 'tool-output-available', toolCallId, output: {} });
const open = (toolCallId: string) => expect.objectContaining({ toolCallId });

test.each<[string, UIMessageChunk[], object]>([
  ['nothing', [], { stepsDone: 0, openStep: 'none', answered: false }],
  ['a start', [{ type: 'start' }], { stepsDone: 0, openStep: 'none', answered: false }],
  ['text in the open step', [...start, ...text], { stepsDone: 0, openStep: 'restart', openCalls: [] }],
  ['half a call', [...start, { type: 'tool-input-start', toolCallId: '1', toolName: 'pay' }], { openStep: 'restart' }],
  ['a call without result', [...start, call('1')], { openStep: 'settle', openCalls: [open('1')] }],
  [
    'two calls, one answered',
    [...start, call('1'), call('2'), result('1')],
    { openStep: 'settle', openCalls: [open('2')] },
  ],
  [
    'a preliminary result',
    [...start, call('1'), { type: 'tool-output-available', toolCallId: '1', output: 1, preliminary: true }],
    { openCalls: [open('1')] },
  ],
  [
    'a finished step with a call',
    [...start, call('1'), result('1'), { type: 'finish-step' }],
    { stepsDone: 1, openStep: 'none', answered: false },
  ],
  [
    'a finished step with text',
    [...start, ...text, { type: 'finish-step' }],
    { stepsDone: 1, openStep: 'none', answered: true },
  ],
  ['a step taken back', [...start, ...text, { type: 'reset-step' }], { stepsDone: 0, openStep: 'restart' }],
  [
    'a step taken back and answered',
    [...start, ...text, { type: 'reset-step' }, ...text, { type: 'finish-step' }],
    { stepsDone: 1, answered: true },
  ],
])('after %s', (_what, chunks, plan) => {
  expect(planResume(chunks)).toMatchObject(plan);
});
