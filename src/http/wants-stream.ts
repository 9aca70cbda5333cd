import type { TurnRequest } from '../turn/turn-request.ts';
import type { AppContext } from './context.ts';

/** `useChat` always reads a stream; our own route streams to whoever accepts server-sent events. */
export function wantsStream(c: AppContext, request: TurnRequest): boolean {
  return request.door === 'ui' || (c.req.header('accept') ?? '').includes('text/event-stream');
}
