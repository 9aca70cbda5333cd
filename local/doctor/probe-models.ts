import { APICallError } from 'ai';
import type { Env } from '../../src/env.ts';
import { modelCatalogue } from '../../src/model/configured-models.ts';
import { providerRows } from '../../src/model/provider-rows.ts';
import { fine, wrong, type Finding } from './finding.ts';
import { timeProbe } from './time-probe.ts';

/** A few tokens of one model of each provider: a key may be well formed and yet closed. */
export async function probeModels(env: Env): Promise<Finding[]> {
  const models = modelCatalogue(env).list();
  const firsts = models.filter(
    ({ provider }, index) => models.findIndex((model) => model.provider === provider) === index,
  );
  return Promise.all(firsts.map(({ provider, id }) => ask(env, provider, id)));
}

async function ask(env: Env, provider: string, id: string): Promise<Finding> {
  const [{ languageModel }] = modelCatalogue(env).choose(id);
  const needs = providerRows(env).find((row) => row.provider === provider)?.needs ?? provider;
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Say hello.' }] }];
  try {
    const { ms } = await timeProbe(async (abortSignal) => {
      const { stream } = await languageModel.doStream({ prompt, maxOutputTokens: 64, abortSignal });
      for await (const part of stream) if (part.type === 'error') throw part.error;
    });
    return fine(`model ${id}`, `answers, ${ms} ms for a greeting`);
  } catch (error) {
    const status = APICallError.isInstance(error) ? error.statusCode : undefined;
    if (status === 401 || status === 403) return wrong(`model ${id}`, `the provider refuses the key: see ${needs}`);
    if (status === 404) return wrong(`model ${id}`, 'the provider knows no such model');
    if (status === 429) return wrong(`model ${id}`, 'the provider says: too many requests, or no credit');
    const answer = status === undefined ? 'cannot be reached' : `answers with status ${status}`;
    return wrong(`model ${id}`, `the provider ${answer}: see ${needs}`);
  }
}
