import type { UIMessageChunk } from 'ai';
import type { EndResult, JournalChunk, TurnLease, UnplacedMessage } from '../journal/turn-journal.ts';
import { foldMessage } from '../wire/fold-message.ts';
import { failureOf, type Produced } from './pump-turn.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

/** Waits between the tries to save: an answer that was shown is worth several seconds. */
const RETRY_MS = [250, 1000, 3000];

/**
 * Shows the terminal chunk, saves the answer, and only then closes the viewer. Null when nothing could be saved: the lease was lost,
 * or Redis stayed away; the viewer is told.
 */
export async function endTurn(
  services: TurnServices,
  lease: TurnLease,
  produced: Produced,
  messageId: string,
  viewer: Viewer,
): Promise<Extract<EndResult, { held: true }> | null> {
  const metadata = {
    turn_id: lease.turnId,
    status: produced.status,
    ...(produced.modelId && { model: produced.modelId }),
    ...(produced.usage && { usage: produced.usage }),
  };
  const last = closing(produced, metadata).map((chunk, index) => ({ seq: produced.lastSeq + 1 + index, chunk }));
  for (const entry of last) viewer.write(entry);

  const message = await toMessage(services, lease, produced, messageId, last);
  const saved = produced.lost
    ? null
    : await save(services, lease, { ...produced, message, rest: [...produced.rest, ...last] });
  if (!saved) {
    const error: UIMessageChunk = { type: 'error', errorText: failureOf('memory_unavailable').message };
    viewer.write({ seq: produced.lastSeq + last.length + 1, chunk: error });
  }
  await viewer.close();
  return saved;
}

/** `abort` has no room for metadata, which then travels in a chunk of its own. */
function closing(produced: Produced, messageMetadata: Record<string, unknown>): UIMessageChunk[] {
  const { terminal } = produced;
  if (terminal.type === 'finish') return [{ ...terminal, messageMetadata }];
  return [{ type: 'message-metadata', messageMetadata }, terminal];
}

async function toMessage(
  services: TurnServices,
  lease: TurnLease,
  produced: Produced,
  messageId: string,
  last: JournalChunk[],
): Promise<UnplacedMessage | null> {
  const folded = await foldMessage(messageId, [...produced.chunks, ...last.map(({ chunk }) => chunk)]);
  if (!folded) return null;
  return {
    v: 1,
    id: messageId,
    turn_id: lease.turnId,
    status: produced.status,
    model: produced.modelId ?? null,
    usage: produced.usage ?? null,
    created_at: new Date(services.clock.now()).toISOString(),
    message: folded,
  };
}

async function save(
  services: TurnServices,
  lease: TurnLease,
  ending: Parameters<TurnServices['journal']['end']>[1],
): Promise<Extract<EndResult, { held: true }> | null> {
  const { journal, clock, log } = services;
  for (let attempt = 0; ; attempt++) {
    try {
      const result = await journal.end(lease, ending);
      return result.held ? result : null;
    } catch (cause) {
      log('error', 'turn_end_failed', { turn_id: lease.turnId, attempt }, cause);
      const wait = RETRY_MS[attempt];
      if (wait === undefined) return null;
      await new Promise<void>((resolve) => clock.after(wait, resolve));
    }
  }
}
