import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import { isUnfinished } from './open-attempt.ts';
import { UnfinishedAnswerError } from './provider-errors.ts';

/**
 * The same parts, with one end however the provider ends: nothing follows an error, and a failure of any kind becomes one
 * `error` and a `finish` with reason `error`. Only the caller's own abort is thrown on: that is no failure of the model.
 */
export async function* settleParts(
  parts: AsyncIterable<LanguageModelV4StreamPart>,
  signal: AbortSignal | undefined,
  onEnd: (failure: { error: unknown } | null) => void,
): AsyncGenerator<LanguageModelV4StreamPart> {
  let failure: { error: unknown } | undefined;
  let usage = NO_USAGE;
  try {
    for await (const part of parts) {
      if (part.type === 'error') {
        failure = { error: part.error };
        break;
      }
      if (part.type === 'finish') {
        if (!isUnfinished(part)) {
          onEnd(null);
          yield part;
          return;
        }
        usage = part.usage;
        failure = { error: new UnfinishedAnswerError(part.finishReason.unified) };
        break;
      }
      yield part;
    }
    failure ??= { error: new UnfinishedAnswerError(undefined) };
  } catch (error) {
    if (signal?.aborted) throw error;
    failure = { error };
  }

  onEnd(failure);
  yield { type: 'error', error: failure.error };
  yield { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage };
}

const NO_USAGE: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};
