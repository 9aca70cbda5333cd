const SESSION_ID = /^[A-Za-z0-9_-]{8,128}$/;

/** A session id is the key to its conversation, so it carries 128 random bits. `crypto.randomUUID` is missing on plain-HTTP hosts. */
export function createSessionId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The session that an address such as `/#0f3a…` names; null when the fragment is empty or could not be an id. */
export function sessionIdOf(hash: string): string | null {
  const id = hash.replace(/^#/, '');
  return SESSION_ID.test(id) ? id : null;
}
