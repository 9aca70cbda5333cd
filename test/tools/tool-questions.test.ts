import { expect, test } from 'vitest';
import { webCryptoSeal } from '../../src/seal/web-crypto.ts';
import { toolQuestions } from '../../src/tools/tool-questions.ts';
import type { ToolQuestion } from '../../src/tools/tool-question.ts';

const seal = webCryptoSeal([btoa('k'.repeat(32))]);
const time = { now: 1000 };
const call = { toolCallId: 'call-1', toolName: 'far__pay', input: { sum: 5 }, round: 1 };

function questions(owner = 'me', sessionId = 'chat-1') {
  const asked: ToolQuestion[] = [];
  const onQuestion = (question: ToolQuestion) => void asked.push(question);
  const made = toolQuestions({ seal, owner, sessionId, ttlMs: 500, now: () => time.now, onQuestion });
  return { ...made, asked };
}

const required = {
  resultType: 'input_required' as const,
  requestState: 'the state of the server',
  inputRequests: {
    who: {
      method: 'elicitation/create' as const,
      params: { mode: 'form' as const, message: 'Who?', requestedSchema: { type: 'object' as const, properties: {} } },
    },
  },
};

async function answerTo(change: { input?: unknown; toolName?: string; state?: string } = {}) {
  const { ask, asked } = questions();
  await ask(call, required);
  const state = asked[0]?.state ?? '';
  return { ...call, state, replies: {}, signal: new AbortController().signal, ...change };
}

test('the state comes back for the same person, chat, tool and input', async () => {
  const answer = await answerTo();
  expect(answer.state).not.toContain('the state');
  expect(await questions().takeState(answer)).toBe('the state of the server');
});

test.each([
  ['another input', { input: { sum: 5000 } }],
  ['another tool', { toolName: 'far__refund' }],
  ['a state that was made up', { state: 'a.b.c' }],
])('%s gets nothing', async (_, change) => {
  const answer = await answerTo(change);
  await expect(questions().takeState(answer)).rejects.toMatchObject({ code: 'approval_invalid' });
});

test('another person or another chat gets nothing', async () => {
  const answer = await answerTo();
  await expect(questions('you').takeState(answer)).rejects.toMatchObject({ code: 'approval_invalid' });
  await expect(questions('me', 'chat-2').takeState(answer)).rejects.toMatchObject({ code: 'approval_invalid' });
});

test('after its time the state is not taken', async () => {
  const answer = await answerTo();
  time.now += 500;
  await expect(questions().takeState(answer)).rejects.toMatchObject({ code: 'question_expired' });
});

test('what is no question to a person is an error of the tool, and nobody is asked', async () => {
  const { ask, asked, waiting } = questions();
  const roots = { resultType: 'input_required' as const, inputRequests: { r: { method: 'roots/list' as const } } };
  expect(await ask(call, roots)).toMatchObject({ isError: true });
  expect([asked.length, waiting.size]).toEqual([0, 0]);
});
