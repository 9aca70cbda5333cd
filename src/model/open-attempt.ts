import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
} from '@ai-sdk/provider';
import type { TurnClock } from '../turn/turn-clock.ts';
import { interruptible } from './interruptible.ts';
import { UnfinishedAnswerError } from './provider-errors.ts';
import type { ProviderTimeouts } from './provider-timeouts.ts';
import { silenceWatch } from './silence-watch.ts';

/** One provider's answer, from its first meaningful part on; what came before that is still in front of it. */
export interface Attempt {
  about: Pick<LanguageModelV4StreamResult, 'request' | 'response'>;
  /** Throws when the provider fails, falls silent, or the caller aborts. Ending the iteration closes the connection. */
  parts: AsyncGenerator<LanguageModelV4StreamPart>;
}

/** Resolves when the model really answers. Until then it may fail and be replaced: nobody has seen anything of it. */
export async function openAttempt(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  timeouts: ProviderTimeouts,
  clock: TurnClock,
): Promise<Attempt> {
  options.abortSignal?.throwIfAborted();
  const own = new AbortController();
  const signal = options.abortSignal ? AbortSignal.any([own.signal, options.abortSignal]) : own.signal;
  const unlessAborted = interruptible(signal);
  const watch = silenceWatch(clock, (error) => own.abort(error));
  const close = (reason: unknown): void => {
    watch.stop();
    own.abort(reason);
  };

  try {
    watch.expect('headers', timeouts.headersMs);
    const { stream, ...about } = await unlessAborted(model.doStream({ ...options, abortSignal: signal }));
    watch.expect('first token', timeouts.firstTokenMs);
    const reader = stream.getReader();
    const read = () => unlessAborted(reader.read());
    const held = await readUntilMeaningful(read);
    return { about, parts: continueWith(held) };

    async function* continueWith(held: LanguageModelV4StreamPart[]): AsyncGenerator<LanguageModelV4StreamPart> {
      try {
        watch.relax();
        yield* held;
        for (;;) {
          watch.expect('next part', timeouts.stallMs);
          const { done, value } = await read();
          watch.relax();
          if (done) return;
          yield value;
        }
      } finally {
        close('The answer is over.');
      }
    }
  } catch (error) {
    close(error);
    throw error;
  }
}

type Read = () => Promise<
  { done: false; value: LanguageModelV4StreamPart } | { done: true; value?: LanguageModelV4StreamPart | undefined }
>;

async function readUntilMeaningful(read: Read): Promise<LanguageModelV4StreamPart[]> {
  const held: LanguageModelV4StreamPart[] = [];
  for (;;) {
    const { done, value } = await read();
    if (done) throw new UnfinishedAnswerError(undefined);
    if (value.type === 'error') throw value.error;
    held.push(value);
    if (isMeaningful(value)) return held;
  }
}

/** Announcements and empty deltas tell a client nothing: after them another model can still answer instead. */
const ANNOUNCEMENTS = new Set([
  'stream-start',
  'response-metadata',
  'text-start',
  'reasoning-start',
  'custom',
  'ping',
  'raw',
]);

function isMeaningful(part: LanguageModelV4StreamPart): boolean {
  if (part.type === 'finish' && isUnfinished(part)) throw new UnfinishedAnswerError(part.finishReason.unified);
  if (part.type === 'text-delta' || part.type === 'reasoning-delta') return part.delta !== '';
  return !ANNOUNCEMENTS.has(part.type);
}

/** Whether the provider says that it did not get to the end. */
export function isUnfinished({ finishReason }: Extract<LanguageModelV4StreamPart, { type: 'finish' }>): boolean {
  return finishReason.unified === 'error' || finishReason.unified === 'interrupted';
}
