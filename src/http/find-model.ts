import type { Services } from '../services.ts';

type Models = Services['models'];
export type ListedModel = ReturnType<Models['list']>[number];

/** The catalogue's model of this id, or of this name at its provider: clients of elsewhere say `gpt-5-mini`. */
export function findModel(models: Models, requested: string): ListedModel | undefined {
  const all = models.list();
  return all.find(({ id }) => id === requested) ?? all.find(({ model }) => model === requested);
}
