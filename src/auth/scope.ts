/** What a caller may be granted, one word for each part of the API. `impersonate` lets a trusted key name the user that it acts for. */
export const SCOPES = ['chat', 'files', 'tasks', 'tools', 'knowledge', 'catalogue', 'impersonate'] as const;
export type Scope = (typeof SCOPES)[number];

/** What whoever may call at all can be granted without being trusted. */
export const COMMON_SCOPES = ['chat', 'files', 'tasks', 'tools', 'knowledge', 'catalogue'] as const;

/** The scopes among these words; other words are somebody else's and mean nothing here. */
export function scopesAmong(words: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => words.includes(scope));
}
