import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import { isUnfinished } from './open-attempt.ts';
import { UnfinishedAnswerError } from './provider-errors.ts';

/**
 * The same parts, with a proper end however the provider ends: nothing follows an error, and a failure of any kind closes the
 * open text, tells one `error` and finishes with reason `error`. Only the caller's own abort is thrown on.
 */
export async function* settleParts(
  parts: AsyncIterable<LanguageModelV4StreamPart>,
  signal: AbortSignal | undefined,
  onEnd: (failure: { error: unknown } | null) => void,
): AsyncGenerator<LanguageModelV4StreamPart> {
  const openParts = new Map<string, 'text-end' | 'reasoning-end'>();
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
      if (part.type === 'text-start') openParts.set(part.id, 'text-end');
      if (part.type === 'reasoning-start') openParts.set(part.id, 'reasoning-end');
      if (part.type === 'text-end' || part.type === 'reasoning-end') openParts.delete(part.id);
      yield part;
    }
    failure ??= { error: new UnfinishedAnswerError(undefined) };
  } catch (error) {
    if (signal?.aborted) throw error;
    failure = { error };
  }

  onEnd(failure);
  for (const [id, type] of openParts) yield { type, id };
  yield { type: 'error', error: failure.error };
  yield { type: 'finish', finishReason: { unified: 'error', raw: undefined }, usage };
}

const NO_USAGE: LanguageModelV4Usage = {
  inputTokens: { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: undefined, text: undefined, reasoning: undefined },
};
