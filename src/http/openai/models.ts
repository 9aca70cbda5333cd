import { AppError } from '../../errors.ts';
import type { AppContext } from '../context.ts';
import { findModel, type ListedModel } from '../find-model.ts';

export function listModels(c: AppContext): Response {
  const { models, startedAt } = c.get('services');
  return c.json({ object: 'list', data: models.list().map((model) => modelBody(model, startedAt)) });
}

export function readModel(c: AppContext): Response {
  const { models, startedAt } = c.get('services');
  const id = c.req.param('id') ?? '';
  const model = findModel(models, id);
  if (!model) throw new AppError('unknown_model', `There is no model "${id}" here.`);
  return c.json(modelBody(model, startedAt));
}

function modelBody({ id, provider }: ListedModel, startedAt: number) {
  return { id, object: 'model', created: Math.floor(startedAt / 1000), owned_by: provider };
}
