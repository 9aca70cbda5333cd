import type { UIMessage } from 'ai';
import { z } from 'zod';
import { readRefusal, Refusal } from './refusal.ts';

/** The parts are the AI SDK's own: their frame is checked here, and the page shows only the kinds that it knows. */
const uiMessageSchema = z.custom<UIMessage>(
  (value) =>
    z
      .looseObject({
        id: z.string(),
        role: z.enum(['system', 'user', 'assistant']),
        parts: z.array(z.looseObject({ type: z.string() })),
      })
      .safeParse(value).success,
);

const sessionSchema = z.object({
  title: z.string().nullish(),
  status: z.string(),
  messages: z.array(uiMessageSchema),
});

export interface OpenedSession {
  title: string | null;
  messages: UIMessage[];
  /** Whether a turn is under way whose stream can be followed; one that waits for a person has shown all it has. */
  active: boolean;
}

/** Null when there is no such session (any more). Throws `Refusal`, and TypeError when the server cannot be reached. */
export async function openSession(id: string, signal: AbortSignal): Promise<OpenedSession | null> {
  const response = await fetch(`/sessions/${encodeURIComponent(id)}`, {
    headers: { accept: 'application/json' },
    signal,
  });
  if (response.status === 404) {
    await response.body?.cancel();
    return null;
  }
  if (!response.ok) throw await readRefusal(response);
  const session = sessionSchema.safeParse(await response.json().catch(() => null));
  if (!session.success) {
    const { status, headers } = response;
    const message = 'The server answered with something that this page cannot read.';
    throw new Refusal({ status, message, requestId: headers.get('x-request-id') });
  }
  const { title, status, messages } = session.data;
  return { title: title ?? null, messages, active: status !== 'idle' && status !== 'awaiting' };
}
