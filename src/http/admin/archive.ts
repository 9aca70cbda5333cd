import { z } from 'zod';
import { tendArchive } from '../../archive/tend-archive.ts';
import type { AppContext } from '../context.ts';
import { parseBody, parseWith } from '../parse-body.ts';

const streamId = z.string().regex(/^\d{1,15}-\d{1,10}$/, 'is not the id of a dead letter');
export const archiveQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: streamId.optional(),
});
export const retrySchema = z.object({ ids: z.array(streamId).min(1).max(100).optional() });

/** `GET /admin/archive`: what waits for the archive, and the dead letters, without a word of what was said. */
export async function readArchive(c: AppContext): Promise<Response> {
  const { env, outbox, archive } = c.get('services');
  const { limit, cursor } = parseWith(archiveQuery, c.req.query(), 'query');
  const [counts, dead] = await Promise.all([outbox.counts(), outbox.dead({ after: cursor ?? null, count: limit })]);
  return c.json({
    backend: archive ? env.HISTORY_STORAGE_BACKEND : 'none',
    waiting: counts.waiting,
    oldest_waiting_at: counts.oldest === null ? null : new Date(counts.oldest).toISOString(),
    dead: counts.dead,
    dead_letters: dead.letters.map(({ id, kind, sessionId, position, tries, reason, diedAt }) => ({
      id,
      kind,
      session_id: sessionId,
      position,
      tries,
      reason,
      died_at: new Date(diedAt).toISOString(),
    })),
    cursor: dead.next,
  });
}

/** `POST /admin/archive/retry`: dead letters wait again, the named ones or all; cron delivers them within two minutes. */
export async function retryArchive(c: AppContext): Promise<Response> {
  const services = c.get('services');
  const { ids } = await parseBody(c, retrySchema);
  const retried = await services.outbox.retry(ids ?? null);
  services.waitUntil(tendArchive(services, undefined, services.clock.now()));
  return c.json({ retried });
}
