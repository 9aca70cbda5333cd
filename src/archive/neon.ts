import { NeonDbError } from '@neondatabase/serverless';
import { and, DrizzleQueryError, eq, isNull, sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import type { Session } from '../memory/session.ts';
import type { StoredMessage } from '../memory/stored-message.ts';
import { textOfMessage } from '../memory/text-of-message.ts';
import { normaliseText } from '../text/normalise-text.ts';
import { ArchiveRefusal, archiveEntrySchema, type Archive, type ArchiveEntry, type OnDelete } from './archive.ts';
import { orArchiveUnavailable, type Database } from './neon-database.ts';
import { neonReads } from './neon-reads.ts';
import { storableValue } from './storable-value.ts';
import { messages, sessions } from './tables.ts';

type Statement = BatchItem<'pg'>;

/** Longer texts are found by their beginning: an index entry has a limit of 1 MiB. */
const WORDS_MAX_CHARACTERS = 200_000;

/** The archive in Postgres. All entries of a call are written, or none. */
export function neonArchive(database: Database): Archive {
  return {
    async write(entries) {
      const storable = entries.map((entry) => archiveEntrySchema.parse(storableValue(entry)));
      const [first, ...rest] = storable.flatMap((entry) => statements(database, entry));
      if (first) await orArchiveUnavailable(orRefusal(database.batch([first, ...rest])));
    },
    ...neonReads(database),
  };
}

/** SQLSTATE classes that say something of the data: wrong value, broken constraint, more than fits. */
const OF_THE_DATA = /^(22|23|54)[0-9A-Z]{3}$/;

async function orRefusal<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const cause = error instanceof DrizzleQueryError ? error.cause : error;
    if (cause instanceof NeonDbError && cause.code && OF_THE_DATA.test(cause.code)) {
      throw new ArchiveRefusal(`Postgres refused it with SQLSTATE ${cause.code}.`, cause);
    }
    throw error;
  }
}

function statements(database: Database, entry: ArchiveEntry): Statement[] {
  switch (entry.kind) {
    case 'message':
      return [
        upsertSession(database, entry.session, new Date(entry.message.created_at)),
        insertMessage(database, entry.session, entry.message),
      ];
    case 'session':
      return [upsertSession(database, entry.session, new Date(entry.session.createdAt))];
    case 'session-deleted':
      return entry.onDelete === 'erase'
        ? [bury(database, entry), database.delete(messages).where(eq(messages.sessionId, entry.sessionId))]
        : [bury(database, entry)];
  }
}

/**
 * An entry that arrives late carries an older copy of the session: it must not win over a newer one. The row is locked in any case, so that
 * a deletion running beside this either comes first and is seen by `insertMessage`, or comes after and takes the message with it.
 */
function upsertSession(database: Database, session: Session, lastActivityAt: Date): Statement {
  const { id, owner, createdAt, ...settings } = session;
  const newest = (column: AnyColumn) => {
    const name = sql.identifier(column.name);
    return sql`case when excluded.revision >= ${sessions.revision} then excluded.${name} else ${column} end`;
  };
  return database
    .insert(sessions)
    .values({ id, owner, createdAt: new Date(createdAt), ...settings, lastActivityAt })
    .onConflictDoUpdate({
      target: sessions.id,
      set: {
        owner,
        createdAt: new Date(createdAt),
        title: newest(sessions.title),
        metadata: newest(sessions.metadata),
        memoryLimit: newest(sessions.memoryLimit),
        memoryTokens: newest(sessions.memoryTokens),
        systemPrompt: newest(sessions.systemPrompt),
        prompt: newest(sessions.prompt),
        model: newest(sessions.model),
        mcpServers: newest(sessions.mcpServers),
        revision: newest(sessions.revision),
        lastActivityAt: sql`greatest(${sessions.lastActivityAt}, excluded.last_activity_at)`,
      },
      setWhere: sql`(${sessions.deletedAt} is null or ${sessions.deletion} = 'keep')
        and coalesce(${sessions.owner}, excluded.owner) = excluded.owner`,
    });
}

function insertMessage(database: Database, session: Session, stored: StoredMessage): Statement {
  const words = normaliseText(textOfMessage(stored.message)).slice(0, WORDS_MAX_CHARACTERS);
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
      words: value(messages.words, words),
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, session.id),
        sql`(${sessions.deletion} = 'anonymise' or ${sessions.owner} = ${session.owner})`,
        sql`(${isNull(sessions.deletedAt)} or ${sessions.deletion} in ('keep', 'anonymise'))`,
      ),
    );
  return database.insert(messages).select(row).onConflictDoNothing();
}

/** A parameter in a select list has no type of its own, unlike one in VALUES. */
function value(column: AnyColumn, content: unknown): SQL.Aliased {
  return sql`${sql.param(content, column)}::${sql.raw(column.getSQLType())}`.as(column.name);
}

/** What each choice leaves of the session itself, beside its id and the first time at which it was said to be deleted. */
const LEAVES: Record<OnDelete, object> = {
  keep: {},
  anonymise: { owner: null, title: null, metadata: {}, systemPrompt: null },
  erase: {
    owner: null,
    title: null,
    metadata: {},
    memoryLimit: null,
    memoryTokens: null,
    systemPrompt: null,
    prompt: null,
    model: null,
    mcpServers: null,
    createdAt: null,
    lastActivityAt: null,
  },
};

function bury(
  database: Database,
  { sessionId, deletedAt, onDelete }: Extract<ArchiveEntry, { kind: 'session-deleted' }>,
): Statement {
  return database
    .insert(sessions)
    .values({ id: sessionId, deletedAt: new Date(deletedAt), deletion: onDelete })
    .onConflictDoUpdate({
      target: sessions.id,
      set: {
        ...LEAVES[onDelete],
        deletion: onDelete,
        deletedAt: sql`coalesce(${sessions.deletedAt}, excluded.deleted_at)`,
      },
    });
}
