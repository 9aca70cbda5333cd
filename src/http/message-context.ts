import type { UIMessage } from 'ai';
import { fetchContext } from '../tools/fetch-context.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppContext } from './context.ts';
import type { ContextOptions } from './message-input.ts';
import { tooManyRequests } from './rate-limit-headers.ts';
import { withDirectory } from './with-directory.ts';

/**
 * The message with the prompt and the resources in front that its options name, fetched before it is accepted: what is not to be had refuses
 * it. That counts as a request of its own, and answers 429 to who has none left.
 */
export async function withContext(
  c: AppContext,
  message: UIMessage,
  { prompt, resources = [] }: ContextOptions,
  serverNames: readonly string[] | undefined,
): Promise<UIMessage | Response> {
  if (!prompt && resources.length === 0) return message;
  const decision = await c.get('services').limits.take(clientIdentities(c));
  if (!decision.allowed) return tooManyRequests(c, decision);
  const parts = await withDirectory(c, (directory) => fetchContext(directory, { prompt, resources }), serverNames);
  return { ...message, parts: [...parts, ...message.parts] };
}
