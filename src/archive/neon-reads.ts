import { and, asc, desc, eq, gt, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { sessionSchema } from '../memory/session.ts';
import { storedMessageSchema, type StoredMessage } from '../memory/stored-message.ts';
import type { Archive, ArchivedSession } from './archive.ts';
import { orArchiveUnavailable, type Database } from './neon-database.ts';
import { storableText } from './storable-value.ts';
import { messages, sessions } from './tables.ts';

const messageCount = sql<number>`(select coalesce(max(position), 0)::int from messages where session_id = sessions.id)`;

/** What the archive in Postgres is asked. */
export function neonReads(database: Database): Omit<Archive, 'write'> {
  const readSessions = async (where: SQL | undefined, limit: number): Promise<ArchivedSession[]> => {
    const rows = await orArchiveUnavailable(
      database
        .select({ session: sessions, messageCount })
        .from(sessions)
        .where(and(isNull(sessions.deletedAt), where))
        .orderBy(desc(sessions.lastActivityAt), sql`${sessions.id} collate "C" desc`)
        .limit(limit),
    );
    return rows.map(({ session, messageCount }) => ({
      session: sessionSchema.parse({ ...session, createdAt: session.createdAt?.getTime() }),
      lastActivity: session.lastActivityAt?.getTime() ?? 0,
      messageCount,
    }));
  };

  return {
    async find(id) {
      const [found] = await readSessions(eq(sessions.id, storableText(id)), 1);
      return found ?? null;
    },

    async messages(id, { after, limit }) {
      const inRange = and(eq(messages.sessionId, storableText(id)), gt(messages.position, after));
      const rows = await orArchiveUnavailable(
        database.select().from(messages).where(inRange).orderBy(asc(messages.position), asc(messages.id)).limit(limit),
      );
      return rows.map(toStored);
    },

    async latest(id, limit) {
      const ofSession = eq(messages.sessionId, storableText(id));
      const rows = await orArchiveUnavailable(
        database
          .select()
          .from(messages)
          .where(ofSession)
          .orderBy(desc(messages.position), desc(messages.id))
          .limit(limit),
      );
      return rows.map(toStored).reverse();
    },

    list(owner, { limit, before }) {
      const below =
        before &&
        sql`(${sessions.lastActivityAt}, ${sessions.id} collate "C") < (${new Date(before.time).toISOString()}::timestamptz, ${before.id})`;
      return readSessions(and(eq(sessions.owner, owner), below ?? undefined), limit);
    },

    async search(owner, { words, limit, before }) {
      const wanted = words.map((word, index) => (index === words.length - 1 ? `${word}:*` : word)).join(' & ');
      const below =
        before &&
        sql`(${messages.createdAt}, ${messages.sessionId} collate "C", ${messages.position})
          < (${new Date(before.time).toISOString()}::timestamptz, ${before.sessionId}, ${before.position}::int)`;
      const rows = await orArchiveUnavailable(
        database
          .select({ message: messages, title: sessions.title })
          .from(messages)
          .innerJoin(sessions, eq(sessions.id, messages.sessionId))
          .where(
            and(
              eq(sessions.owner, owner),
              isNull(sessions.deletedAt),
              sql`to_tsvector('simple', ${messages.words}) @@ to_tsquery('simple', ${wanted})`,
              below ?? undefined,
            ),
          )
          .orderBy(desc(messages.createdAt), sql`${messages.sessionId} collate "C" desc`, desc(messages.position))
          .limit(limit + 1),
      );
      const found = rows.slice(0, limit).map(({ message, title }) => ({
        sessionId: message.sessionId,
        title,
        message: toStored(message),
      }));
      const last = found.at(-1);
      const place = last && {
        time: Date.parse(last.message.created_at),
        sessionId: last.sessionId,
        position: last.message.position,
      };
      return { found, next: rows.length > limit ? (place ?? null) : null };
    },

    async prune(time, limit) {
      const cutoff = new Date(time).toISOString();
      const resting = database
        .select({ id: sessions.id })
        .from(sessions)
        .where(sql`coalesce(${sessions.lastActivityAt}, ${sessions.deletedAt}) < ${cutoff}::timestamptz`)
        .limit(limit);
      const removed = await orArchiveUnavailable(
        database.delete(sessions).where(inArray(sessions.id, resting)).returning({ id: sessions.id }),
      );
      return removed.length;
    },
  };
}

function toStored(row: typeof messages.$inferSelect): StoredMessage {
  const { id, v, position, status, model, usage, message } = row;
  const created_at = row.createdAt.toISOString();
  return storedMessageSchema.parse({ v, id, turn_id: row.turnId, position, status, model, usage, created_at, message });
}
