import type { Services } from '../services.ts';

/** The platform's binding for the built pages, absent in a deployment without them. */
export function assetsOf(bindings: Record<string, unknown>): Services['assets'] {
  const binding = bindings['ASSETS'];
  return isFetcher(binding) ? (request) => binding.fetch(request) : null;
}

function isFetcher(value: unknown): value is { fetch(request: Request): Promise<Response> } {
  return typeof value === 'object' && value !== null && 'fetch' in value && typeof value.fetch === 'function';
}
