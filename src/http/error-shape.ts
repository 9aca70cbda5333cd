import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';
import { chatbotError } from './dialects/chatbot/chatbot-error.ts';
import { phase3Error } from './dialects/phase3/phase3-error.ts';
import { scorpioError } from './dialects/scorpio/scorpio-error.ts';
import { openaiError } from './openai/openai-error.ts';

export interface ShapedError {
  status: ContentfulStatusCode;
  body: object;
}

export type ErrorShape = (error: AppError) => ShapedError;

/** Doors whose clients read errors in a shape of their own, by the beginning of their paths. */
const SHAPES: readonly [path: RegExp, shape: ErrorShape][] = [
  [/^\/v1\//, openaiError],
  [/^\/api\/v1\//, scorpioError],
  [/^\/api\/chatbot\//, chatbotError],
  [/^\/api\/tasks(\/|$)/, phase3Error],
];

/** The error in the words of the door that the request came through; null for the own API's. */
export function shapedError(c: AppContext, error: AppError): ShapedError | null {
  const shape = c.get('errorShape') ?? SHAPES.find(([path]) => path.test(c.req.path))?.[1];
  return shape ? shape(error) : null;
}
