import { AppError } from '../errors.ts';
import type { Env } from '../env.ts';
import type { ModelCandidate, ModelCatalogue, ModelDescription } from './model-catalogue.ts';
import { providerRows } from './provider-rows.ts';
import { takingOnly } from './taking-only.ts';

type Entry = ModelDescription & { candidate: ModelCandidate };

/**
 * The catalogue that the environment describes. Throws AppError `configuration_error` when MODEL_FALLBACKS names a model that is
 * not in it. Having no provider at all is an error only when a model is chosen: the rest of the deployment works without.
 */
export function modelCatalogue(env: Env): ModelCatalogue {
  const rows = providerRows(env);
  const entries = defaultFirst(env, rows.flatMap(entriesOf));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const fallbacks = env.MODEL_FALLBACKS.map((id) => byId.get(id) ?? refuseFallback(id, [...byId.keys()]));

  return {
    list: () => entries.map(({ id, provider, model, takes }) => ({ id, provider, model, takes })),
    choose(requested) {
      const first = requested === undefined ? entries[0] : byId.get(requested);
      if (env.DEFAULT_PROVIDER && requested === undefined) requireProvider(env.DEFAULT_PROVIDER, rows);
      if (entries.length === 0) throw unconfigured(rows);
      if (!first) {
        const known = [...byId.keys()];
        const message = `There is no model "${requested}". The known models are: ${known.join(', ')}.`;
        throw new AppError('unknown_model', message, { details: { known_models: known } });
      }
      const others = fallbacks.filter(({ id }) => id !== first.id).map(({ candidate }) => candidate);
      return [first.candidate, ...others];
    },
  };
}

type Row = ReturnType<typeof providerRows>[number];

function entriesOf({ provider, models, takes, connect }: Row): Entry[] {
  if (!connect) return [];
  return models.map((model) => {
    const id = `${provider}/${model}`;
    return { id, provider, model, takes, candidate: { id, languageModel: takingOnly(connect(model), takes) } };
  });
}

function defaultFirst(env: Env, entries: Entry[]): Entry[] {
  const isDefault = ({ provider }: Entry) => provider === env.DEFAULT_PROVIDER;
  return [...entries.filter(isDefault), ...entries.filter((entry) => !isDefault(entry))];
}

function refuseFallback(id: string, known: string[]): never {
  const list = known.length === 0 ? 'no model is configured' : `the known models are: ${known.join(', ')}`;
  throw new AppError('configuration_error', `MODEL_FALLBACKS names "${id}", which is not configured; ${list}.`);
}

function requireProvider(provider: string, rows: Row[]): void {
  const row = rows.find((candidate) => candidate.provider === provider);
  if (row && !row.connect) {
    const message = `DEFAULT_PROVIDER is ${provider}, which is not configured: set ${row.needs}.`;
    throw new AppError('provider_unconfigured', message);
  }
}

function unconfigured(rows: Row[]): AppError {
  const ways = rows.map(({ needs }) => needs).join(', or ');
  return new AppError('provider_unconfigured', `No model provider is configured: set ${ways}.`);
}
