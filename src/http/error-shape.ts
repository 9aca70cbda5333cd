import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { AppError } from '../errors.ts';
import { openaiError } from './openai/openai-error.ts';

export interface ShapedError {
  status: ContentfulStatusCode;
  body: object;
}

/** Doors whose clients read errors in a shape of their own, by the beginning of their paths. */
const SHAPES: readonly [prefix: string, shape: (error: AppError) => ShapedError][] = [['/v1/', openaiError]];

/** The error in the words of the door that this path belongs to; null for the own API's. */
export function shapedError(path: string, error: AppError): ShapedError | null {
  const shape = SHAPES.find(([prefix]) => path.startsWith(prefix))?.[1];
  return shape ? shape(error) : null;
}
