import { InvalidToolInputError, NoSuchToolError } from 'ai';
import { failureOf } from '../turn/turn-failure.ts';
import { judgeFailure } from './judge-failure.ts';
import { ToolFailure } from './safe-tools.ts';

/** The one sentence a client may read of a failure: it names no provider, address or tool. */
export function failureText(error: unknown, now: number): string {
  if (error instanceof ToolFailure) return error.message;
  if (NoSuchToolError.isInstance(error)) return 'The model asked for a tool that does not exist.';
  if (InvalidToolInputError.isInstance(error)) return 'The model called the tool with input that it does not accept.';
  return failureOf(judgeFailure(error, now).code).message;
}
