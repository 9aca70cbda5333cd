import { AppError } from '../errors.ts';
import type { Services } from '../services.ts';

/** Throws AppError `media_not_taken`, naming the model, when the model that will answer does not take this kind of media. */
export function assertTaken(
  { models, policy }: Pick<Services, 'models' | 'policy'>,
  requested: string | null | undefined,
  mediaType: string,
  field: string,
): void {
  const known = models.list();
  const [{ id }] = policy.chooseModels(requested ?? undefined);
  const isTakenBy = ({ takes }: { takes: readonly string[] }) =>
    takes.some((kind) => mediaType === kind || mediaType.startsWith(`${kind}/`));
  const model = known.find((candidate) => candidate.id === id);
  if (model && isTakenBy(model)) return;
  const others = known.filter(isTakenBy).map((candidate) => candidate.id);
  const instead = others.length > 0 ? ` Models that do: ${others.join(', ')}.` : '';
  throw new AppError('media_not_taken', `${field}: The model ${id} does not take ${mediaType}.${instead}`, {
    details: { field, model: id, media_type: mediaType, models: others },
  });
}
