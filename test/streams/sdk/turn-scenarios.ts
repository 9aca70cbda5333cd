import { extractReasoningMiddleware, smoothStream, wrapLanguageModel, type ModelMessage, type UIMessage } from 'ai';
import { recordCall } from './record-call.ts';
import { finish, reasoning, scriptedModel, text, toolCall } from './scripted-model.ts';

export type Scenario = () => Promise<unknown>;

const afterTool = (...call: ReturnType<typeof toolCall>) =>
  scriptedModel([...call, finish('tool-calls')], [...text('done'), finish()]);

const decided = (approved: boolean): ModelMessage[] => [
  { role: 'user', content: 'hi' },
  {
    role: 'assistant',
    content: [
      { type: 'tool-call', toolCallId: 'k', toolName: 'ask', input: {} },
      { type: 'tool-approval-request', approvalId: 'a', toolCallId: 'k' },
    ],
  },
  { role: 'tool', content: [{ type: 'tool-approval-response', approvalId: 'a', approved }] },
];

/** How the message stands in the browser whose person has decided. */
const shown = (approved: boolean): UIMessage[] => [
  {
    id: 'm',
    role: 'assistant',
    parts: [
      { type: 'tool-ask', toolCallId: 'k', state: 'approval-responded', input: {}, approval: { id: 'a', approved } },
    ],
  },
];

const afterDecision = (approved: boolean): Promise<unknown> =>
  recordCall(
    scriptedModel([...text('done'), finish()]),
    { toolApproval: { ask: 'user-approval' } },
    decided(approved),
    shown(approved),
  );

/** What models say, and what tools do. */
export const turnScenarios: Record<string, Scenario> = {
  text: () => recordCall(scriptedModel([...text('Hel', 'lo', ' world'), finish()])),
  nothing: () => recordCall(scriptedModel([finish()])),
  'a long text': () =>
    recordCall(scriptedModel([...text(...Array.from({ length: 500 }, (_, n) => `${n} `)), finish()])),
  reasoning: () => recordCall(scriptedModel([...reasoning('hm', 'so'), ...text('yes'), finish()])),
  'reasoning taken out of text': () =>
    recordCall(
      wrapLanguageModel({
        model: scriptedModel([...text('<think>hm', '</thi', 'nk>an', 'swer'), finish()]),
        middleware: extractReasoningMiddleware({ tagName: 'think' }),
      }),
    ),
  'a smoothed text': () =>
    recordCall(scriptedModel([...text('Hello wor', 'ld and all'), finish()]), {
      experimental_transform: smoothStream({ delayInMs: 1 }),
    }),
  'a tool': () => recordCall(afterTool(...toolCall('add', { a: 1 }))),
  'two tools at once': () => recordCall(afterTool(...toolCall('add', { a: 1 }), ...toolCall('add', { a: 2 }, 'other'))),
  'a slow and a fast tool at once': () =>
    recordCall(afterTool(...toolCall('slow', {}), ...toolCall('add', { a: 2 }, 'other'))),
  'a tool that throws': () => recordCall(afterTool(...toolCall('add', { a: 13 }))),
  'a tool that throws beside one that does not': () =>
    recordCall(afterTool(...toolCall('add', { a: 13 }), ...toolCall('add', { a: 2 }, 'other'))),
  'input that does not fit': () => recordCall(afterTool(...toolCall('add', { b: 1 }))),
  'input that is repaired': () =>
    recordCall(afterTool(...toolCall('add', { b: 1 })), {
      repairToolCall: ({ toolCall: call }) => Promise.resolve({ ...call, input: '{"a":5}' }),
    }),
  'an unknown tool': () => recordCall(afterTool(...toolCall('nothing', {}))),
  'a tool with a result in steps': () => recordCall(afterTool(...toolCall('steps', {}))),
  'a tool of the browser': () => recordCall(scriptedModel([...toolCall('browser', {}), finish('tool-calls')])),
  'a tool that needs approval': () =>
    recordCall(scriptedModel([...toolCall('ask', {}), finish('tool-calls')]), {
      toolApproval: { ask: 'user-approval' },
    }),
  'an approval that was given': () => afterDecision(true),
  'an approval that was refused': () => afterDecision(false),
  'tools without end': () => recordCall(scriptedModel([...toolCall('add', { a: 1 }), finish('tool-calls')])),
  prepareStep: () =>
    recordCall(afterTool(...toolCall('add', { a: 1 })), {
      prepareStep: ({ stepNumber, messages }) =>
        stepNumber > 0 ? { toolChoice: 'none' as const, messages: messages.slice(0, 3) } : {},
    }),
};
