import type { InputRequiredResult } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Seal } from '../seal/seal.ts';
import { readInputRequired } from './read-input-required.ts';
import type { ToolAnswer, ToolQuestion } from './tool-question.ts';
import { errorResult, type ToolResult } from './tool-result.ts';

export interface AskedCall {
  toolCallId: string;
  toolName: string;
  input: Record<string, unknown>;
  round: number;
}

/** The way from a turn's tools to the person, and back. */
export interface ToolQuestions {
  /** Calls that wait for an answer. */
  readonly waiting: ReadonlySet<string>;
  /** Asks what a server wants to know. The result that it returns stands for none, or says why the person cannot be asked this. */
  ask(call: AskedCall, required: InputRequiredResult): Promise<ToolResult>;
  /** What the server wants back with the answer. Throws AppError when the question was another one, or its time is over. */
  takeState(answer: ToolAnswer): Promise<string | undefined>;
}

export interface ToolQuestionsOptions {
  seal: Seal;
  /** Whose questions these are, and in which chat. */
  owner: string;
  sessionId: string;
  ttlMs: number;
  now(): number;
  onQuestion(question: ToolQuestion): void;
}

/** A server may ask so often about one call. */
const ROUNDS_MAX = 5;

const sealedState = z.object({ expiresAt: z.number(), state: z.string().nullable() });

/** The server's state is sealed for this person, chat, tool and input: another call can do nothing with it. */
export function toolQuestions({ seal, owner, sessionId, ttlMs, now, onQuestion }: ToolQuestionsOptions): ToolQuestions {
  const waiting = new Set<string>();
  const contextOf = ({ toolCallId, toolName, input }: Pick<ToolAnswer, 'toolCallId' | 'toolName' | 'input'>) =>
    JSON.stringify(['elicitation', owner, sessionId, toolCallId, toolName, input]);

  return {
    waiting,
    async ask({ toolCallId, toolName, input, round }, required) {
      const requests = readInputRequired(required);
      if (!requests || round > ROUNDS_MAX)
        return errorResult('The tool asked for something that nobody here can give it.');
      const expiresAt = now() + ttlMs;
      const text = JSON.stringify({ expiresAt, state: required.requestState ?? null });
      const state = await seal.seal(text, contextOf({ toolCallId, toolName, input }));
      waiting.add(toolCallId);
      onQuestion({ toolCallId, toolName, round, requests, state, expiresAt });
      return { content: [] };
    },
    async takeState(answer) {
      const text = await seal.unseal(answer.state, contextOf(answer));
      if (text === null)
        throw new AppError('approval_invalid', 'What was asked is not what would be done now. Ask for it again.');
      const { expiresAt, state } = sealedState.parse(JSON.parse(text));
      if (expiresAt <= now())
        throw new AppError('question_expired', 'The time to answer this is over. Ask for it again.');
      waiting.delete(answer.toolCallId);
      return state ?? undefined;
    },
  };
}
