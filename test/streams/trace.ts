import { setTimeout as sleep } from 'node:timers/promises';
import type { StreamClasses } from './stream-classes.ts';

/** Does something with streams of these classes, and tells what happened. */
export type Script = (classes: StreamClasses) => Promise<unknown>;

/** Every chunk, and how the stream ended. */
export async function readAll(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const reader = stream.getReader();
  const seen: unknown[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return [...seen, 'the end'];
      seen.push(value);
    }
  } catch (error) {
    return [...seen, `failed: ${String(error)}`];
  }
}

/** The name of the error: its words are each implementation's own. */
export async function errorOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.name : `thrown: ${String(error)}`;
  }
}

/** All that is on its way arrives. Timers, because promises' turns differ in number between the implementations. */
export const settle = (ms = 2): Promise<void> => sleep(ms);

/** Numbers from 0: `count` of them, or without end. */
export function numbers(
  { ReadableStream }: StreamClasses,
  count = Infinity,
  log: unknown[] = [],
): ReadableStream<number> {
  let next = 0;
  return new ReadableStream<number>({
    pull(controller) {
      if (next < count) controller.enqueue(next++);
      else controller.close();
    },
    cancel: (reason) => void log.push(`source cancelled: ${nameOf(reason)}`),
  });
}

export function nameOf(reason: unknown): string {
  return reason instanceof TypeError ? 'TypeError' : String(reason);
}
