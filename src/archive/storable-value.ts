/**
 * A copy of `value` in which every text can be stored: Postgres refuses NUL in text and, like lone surrogates, in jsonb. They become
 * U+FFFD, since a refused row would wait in the outbox for ever.
 */
export function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [storableText(key), storableValue(item)]));
  return value;
}

export function storableText(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD').toWellFormed();
}
