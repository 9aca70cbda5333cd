import { and, eq, gte, isNull, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Session } from '../memory/session.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { archiveEntrySchema, type Archive, type ArchiveEntry } from './archive.ts';
import { orArchiveUnavailable, type Database } from './neon-database.ts';
import { storableValue } from './storable-value.ts';
import { messages, sessions } from './tables.ts';

type Statement = BatchItem<'pg'>;

/** The archive in Postgres. Rejects with AppError `archive_unavailable`. */
export function neonArchive(database: Database): Archive {
  return {
    async write(entries) {
      const storable = entries.map((entry) => archiveEntrySchema.parse(storableValue(entry)));
      const [first, ...rest] = storable.flatMap((entry) => statements(database, entry));
      if (first) await orArchiveUnavailable(database.batch([first, ...rest]));
    },
  };
}

function statements(database: Database, entry: ArchiveEntry): Statement[] {
  return entry.kind === 'message'
    ? [
        upsertSession(database, entry.session, new Date(entry.message.created_at)),
        insertMessage(database, entry.session.id, entry.message),
      ]
    : [
        burySession(database, entry.sessionId, new Date(entry.deletedAt)),
        database.delete(messages).where(eq(messages.sessionId, entry.sessionId)),
      ];
}

/**
 * An entry that arrives late carries an older copy of the session: it must not win over a newer one. The row is locked in any case, so that
 * a deletion running beside this either comes first and is seen by `insertMessage`, or comes after and takes the message with it.
 */
function upsertSession(database: Database, session: Session, lastActivityAt: Date): Statement {
  const content = {
    owner: session.owner,
    title: session.title,
    metadata: session.metadata,
    memoryLimit: session.memoryLimit,
    systemPrompt: session.systemPrompt,
    model: session.model,
    mcpServers: session.mcpServers,
    lastActivityAt,
  };
  return database
    .insert(sessions)
    .values({ id: session.id, createdAt: new Date(session.createdAt), ...content })
    .onConflictDoUpdate({
      target: sessions.id,
      set: content,
      setWhere: and(isNull(sessions.deletedAt), gte(sql`excluded.last_activity_at`, sessions.lastActivityAt)),
    });
}

function insertMessage(database: Database, sessionId: string, stored: StoredMessage): Statement {
  const row = database
    .select({
      sessionId: sessions.id,
      id: value(messages.id, stored.id),
      v: value(messages.v, stored.v),
      turnId: value(messages.turnId, stored.turn_id),
      position: value(messages.position, stored.position),
      role: value(messages.role, stored.message.role),
      status: value(messages.status, stored.status),
      model: value(messages.model, stored.model),
      usage: value(messages.usage, stored.usage),
      createdAt: value(messages.createdAt, new Date(stored.created_at)),
      message: value(messages.message, stored.message),
    })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), isNull(sessions.deletedAt)));
  return database.insert(messages).select(row).onConflictDoNothing();
}

/** A parameter in a select list has no type of its own, unlike one in VALUES. */
function value(column: AnyColumn, content: unknown): SQL.Aliased {
  return sql`${sql.param(content, column)}::${sql.raw(column.getSQLType())}`.as(column.name);
}

/** What a deleted session leaves behind: its id, and the first time at which it was said to be deleted. */
function burySession(database: Database, id: string, deletedAt: Date): Statement {
  const nothing = {
    owner: null,
    title: null,
    metadata: {},
    memoryLimit: null,
    systemPrompt: null,
    model: null,
    mcpServers: null,
    createdAt: null,
    lastActivityAt: null,
  };
  return database
    .insert(sessions)
    .values({ id, deletedAt })
    .onConflictDoUpdate({
      target: sessions.id,
      set: { ...nothing, deletedAt: sql`coalesce(${sessions.deletedAt}, excluded.deleted_at)` },
    });
}
