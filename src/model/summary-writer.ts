import { generateText } from 'ai';
import { AppError } from '../errors.ts';
import type { SessionMemories } from '../turn/session-memories.ts';
import type { ModelCatalogue } from './model-catalogue.ts';

const SUMMARY_CHARACTERS = 6000;
/** Reasoning models think before they write. */
const OUTPUT_TOKENS = 3000;
/** Workers give the work after a response 30 seconds. */
const TIMEOUT_MS = 20_000;

interface SummaryWriterOptions {
  /** SUMMARY_MODEL, or else TOPIC_MODEL unless it is none; the last choice is the default model of the provider that answers. */
  model: string | undefined;
  /** What the writer is told, given the model that it writes for. */
  instructions(modelId: string): string;
  /** For the log only. */
  onFailure(modelId: string, error: unknown): void;
}

/** Has summaries written by a model. Throws AppError `configuration_error` when SUMMARY_MODEL names none of the catalogue. */
export function summaryWriter(
  models: ModelCatalogue,
  { model, instructions, onFailure }: SummaryWriterOptions,
): NonNullable<SessionMemories['summarise']> {
  const known = models.list();
  if (model !== undefined && !known.some(({ id }) => id === model)) {
    throw new AppError('configuration_error', `SUMMARY_MODEL names "${model}", which is not configured.`);
  }
  return async ({ earlier, transcript, answeredBy }) => {
    const provider = known.find(({ id }) => id === answeredBy)?.provider;
    const id = model ?? known.find((candidate) => candidate.provider === provider)?.id;
    if (id === undefined) return null;
    try {
      const { text } = await generateText({
        model: models.choose(id)[0].languageModel,
        instructions: instructions(answeredBy),
        prompt: `Summary so far:\n${earlier ?? '(none)'}\n\nMessages since then:\n${transcript}`,
        maxOutputTokens: OUTPUT_TOKENS,
        maxRetries: 0,
        abortSignal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const summary = text.trim().slice(0, SUMMARY_CHARACTERS).toWellFormed();
      return summary ? { text: summary, model: id } : null;
    } catch (error) {
      onFailure(id, error);
      return null;
    }
  };
}
