import { generateText } from 'ai';
import { AppError } from '../errors.ts';
import { cutAtWord } from '../text/cut-at-word.ts';
import type { SessionTitles } from '../turn/session-titles.ts';
import type { ModelCatalogue } from './model-catalogue.ts';

const QUESTION_CHARACTERS = 2000;
const TITLE_CHARACTERS = 80;
/** Reasoning models think before they say a few words. */
const OUTPUT_TOKENS = 1000;
const TIMEOUT_MS = 15_000;

const INSTRUCTIONS =
  'Name the topic of the message below in at most eight words, in its own language. Answer with these words alone: no quotation marks, no full stop. Do not answer the message.';

/** TOPIC_MODEL that asks no model. */
const NO_MODEL = 'none';

/**
 * Has titles written by `topicModel`, or else by the default model of the provider that answered. Throws AppError `configuration_error`
 * when there is no such model.
 */
export function topicWriter(
  models: ModelCatalogue,
  topicModel: string | undefined,
  onFailure: (modelId: string, error: unknown) => void,
): SessionTitles['write'] {
  const known = models.list();
  if (topicModel !== undefined && topicModel !== NO_MODEL && !known.some(({ id }) => id === topicModel)) {
    throw new AppError('configuration_error', `TOPIC_MODEL names "${topicModel}", which is not configured.`);
  }
  return async (question, answeredBy) => {
    if (topicModel === NO_MODEL) return null;
    const provider = known.find(({ id }) => id === answeredBy)?.provider;
    const id = topicModel ?? known.find((model) => model.provider === provider)?.id;
    if (id === undefined) return null;
    try {
      const { text } = await generateText({
        model: models.choose(id)[0].languageModel,
        instructions: INSTRUCTIONS,
        prompt: question.slice(0, QUESTION_CHARACTERS).toWellFormed(),
        maxOutputTokens: OUTPUT_TOKENS,
        maxRetries: 0,
        abortSignal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const [line = ''] = text.trim().split('\n');
      return cutAtWord(line.replaceAll(/^["'“«#*\s]+|["'”»*.\s]+$/g, ''), TITLE_CHARACTERS) || null;
    } catch (error) {
      onFailure(id, error);
      return null;
    }
  };
}
