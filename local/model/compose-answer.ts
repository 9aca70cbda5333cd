import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';
import { callsOfThisTurn, lastUserText } from './conversation.ts';
import { describeResult } from './describe-result.ts';
import type { Directives } from './directives.ts';
import { englishAnswer } from './english-answer.ts';
import { fillArguments } from './fill-arguments.ts';
import type { ModelRequest } from './model-request.ts';
import { isPersian, persianAnswer } from './persian-answer.ts';
import { nextCalls, planCalls } from './plan-calls.ts';
import { summarise } from './summarise.ts';

/** What the model says to this request. The same request gets the same answer. */
export function composeAnswer(request: ModelRequest, directives: Directives): Answer {
  const reasoning = numbered('r', directives.reasoningWords);
  const finished = callsOfThisTurn(request.messages);
  if (directives.call && finished.length === 0) {
    return { reasoning, text: '', calls: withIds(request, [directives.call]) };
  }
  if (directives.words !== null) return { reasoning, text: numbered('w', directives.words), calls: [] };

  const summary = summarise(request);
  if (summary !== null) return { reasoning, text: summary, calls: [] };
  const calls = withIds(request, nextCalls(request));
  if (calls.length > 0) return { reasoning, text: '', calls };
  if (request.answerSchema !== undefined) {
    const filled = fillArguments(request.answerSchema, {}, lastUserText(request.messages));
    return { reasoning, text: JSON.stringify(filled), calls: [] };
  }
  const text = finished.length > 0 ? describeTurn(request) : plainAnswer(request);
  return { reasoning, text, calls: [] };
}

/** Unique within a conversation, the same for the same request. */
export function requestId(request: ModelRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 20);
}

function plainAnswer(request: ModelRequest): string {
  return isPersian(lastUserText(request.messages)) ? persianAnswer(request) : englishAnswer(request);
}

function describeTurn(request: ModelRequest): string {
  const told = callsOfThisTurn(request.messages).map(({ call, result }) =>
    result === null ? `I have no answer from \`${call.name}\`.` : describeResult(call.name, result),
  );
  const lost = planCalls(request).some(({ arguments: json }) => json === null);
  return [...told, ...(lost ? ['I found no task of that title, so I changed nothing.'] : [])].join('\n\n');
}

function withIds(request: ModelRequest, calls: { name: string; arguments: string }[]): Answer['calls'] {
  const id = requestId(request);
  return calls.map((call, index) => ({ id: `call_${id}_${index}`, ...call }));
}

function numbered(letter: string, count: number): string {
  return Array.from({ length: count }, (_, at) => `${letter}${at + 1} `).join('');
}
