import type { UIMessage } from 'ai';
import type { StoredMessage } from './stored-message.ts';

type Part = UIMessage['parts'][number];

/**
 * The message for a model of this provider. What another provider alone can read goes: its reasoning, and the signatures and ids that it has
 * put on other parts. Texts, files, and tool calls with their results stay.
 */
export function portableMessage({ message, model }: StoredMessage, provider: string): UIMessage {
  if (model === null || providerOf(model) === provider) return message;
  return { ...message, parts: message.parts.filter(({ type }) => !type.startsWith('reasoning')).map(withoutMetadata) };
}

/** The provider in a catalogue id, `provider/model`. */
export function providerOf(modelId: string): string {
  return modelId.split('/')[0] ?? '';
}

const BOUND = new Set(['providerMetadata', 'callProviderMetadata', 'resultProviderMetadata']);

function withoutMetadata(part: Part): Part {
  return without(part, BOUND);
}

/** All of them are optional in every kind of part, so what is left is a part of the same kind. */
function without<T extends object>(value: T, names: ReadonlySet<string>): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name))) as T;
}
