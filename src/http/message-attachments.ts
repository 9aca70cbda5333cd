import type { FileUIPart, UIMessage } from 'ai';
import { saveAttachments } from '../attachments/save-attachments.ts';
import { hashText } from '../auth/hash-text.ts';
import { callerOf } from '../auth/caller.ts';
import { AppError } from '../errors.ts';
import { sessionMissing } from '../turn/start-turn.ts';
import { chatFolder } from '../workspace/workspace-view.ts';
import { clientIdentities } from './client-identities.ts';
import type { AppContext } from './context.ts';
import { assertTaken } from './assert-taken.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { tooManyRequests } from './rate-limit-headers.ts';

export interface AttachingMessage {
  sessionId: string;
  message: UIMessage;
  /** The model that the request asks for. */
  model: string | undefined;
  /** Whether a session that is not there is made by this message. */
  createsSession: boolean;
  /** The field of the request that holds a part of the message. */
  fieldOf(part: number): string;
}

/**
 * Takes a message of any door with its files: they are kept in the folder of the session, and the message that `take` is given refers to
 * them. `take` says when the message was not accepted: then they are deleted. A message with files counts as one request more, and is
 * answered 429 when none is left; one without goes on at once.
 */
export async function withAttachments(
  c: AppContext,
  { sessionId, message, model, createsSession, fieldOf }: AttachingMessage,
  take: (message: UIMessage, onRefused: () => void) => Promise<Response>,
): Promise<Response> {
  const { files, limits, sessions, waitUntil } = c.get('services');
  const sent = message.parts.flatMap((part, index) => (part.type === 'file' ? [{ part, field: fieldOf(index) }] : []));
  if (sent.length === 0) return take(message, () => {});
  if (!files) throw new AppError('archive_unavailable', 'Attachments need a database, and this deployment has none.');
  const decision = await limits.take(clientIdentities(c));
  if (!decision.allowed) return tooManyRequests(c, decision);
  const caller = c.get('caller');
  const session = (await sessions(caller).get(sessionId))?.session;
  if (!session && !createsSession) throw sessionMissing(sessionId);

  // Who holds the id of an anonymous session need not be its owner, in whose workspace its files are.
  const owner = session?.owner ?? caller.owner;
  const name = await hashText(idempotencyKey(c) ?? message.id);
  const saved = await saveAttachments(sent, {
    callers: files(caller),
    kept: files(callerOf(owner)),
    folder: `${chatFolder(sessionId)}attachments/${name.slice(0, 8)}/`,
    isSame: owner === caller.owner,
    assertTaken: (mediaType, field) => assertTaken(c.get('services'), model ?? session?.model, mediaType, field),
  });
  const complete = { ...message, parts: replaceFiles(message.parts, saved.parts) };
  return take(complete, () => waitUntil(saved.undo()));
}

function replaceFiles(parts: UIMessage['parts'], files: readonly FileUIPart[]): UIMessage['parts'] {
  const rest = files.values();
  return parts.map((part) => (part.type === 'file' ? (rest.next().value ?? part) : part));
}
