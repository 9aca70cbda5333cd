import type { AppContext } from '../context.ts';

/** Ids of sessions that were made here; what clients otherwise put into `user` seldom looks like that. */
const SESSION_FORM = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Joining {
  metadata?: { session_id?: string | undefined } | null | undefined;
  user?: string | null | undefined;
}

/**
 * The session that a request joins: the one that its metadata names, or that its `user` is the id of; null for none. A `user` that is no
 * session of the caller is what OpenAI means by it, and joins nothing.
 */
export async function joinedSession(c: AppContext, { metadata, user }: Joining): Promise<string | null> {
  if (metadata?.session_id !== undefined) return metadata.session_id;
  if (!user || !SESSION_FORM.test(user)) return null;
  const found = await c.get('services').sessions(c.get('caller')).get(user);
  return found ? user : null;
}
