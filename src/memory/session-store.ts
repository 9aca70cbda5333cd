import type { FoundMessage, MessageSearch } from '../archive/archive.ts';
import type { ListPlace } from './page-of-sessions.ts';
import type { Question } from './question.ts';
import type { Summary } from './recollection.ts';
import type { Session } from './session.ts';
import type { StoredMessage } from './stored-message.ts';

/** `pending` was never started, `suspended` was left by its producer: both wait for whoever reads the turn next. `awaiting` waits for a person. */
export type TurnState = 'pending' | 'running' | 'suspended' | 'awaiting' | 'ended';

/** What a turn in the state `awaiting` has asked, and until when (ms since the epoch) it can be answered. */
export interface WaitingFor {
  questions: Question[];
  expiresAt: number;
}

export interface SessionDetails {
  session: Session;
  /** Milliseconds since the epoch. */
  lastActivity: number;
  /** When the session is forgotten unless it is used again; milliseconds since the epoch. Null when that has happened: only the archive has it. */
  expiresAt: number | null;
  /** How many messages the session has ever held. */
  messageCount: number;
  /** The running or latest turn. */
  turn: { id: string; door: string; state: TurnState; waiting: WaitingFor | null } | null;
}

/** The details with the messages in memory, oldest first, and what stands for those that have left the window. */
export type SessionInFull = SessionDetails & { messages: StoredMessage[]; summary: Summary | null };

export type SessionChange = Partial<
  Pick<
    Session,
    'title' | 'metadata' | 'memoryLimit' | 'memoryTokens' | 'systemPrompt' | 'prompt' | 'model' | 'mcpServers'
  >
>;

export interface SessionPage {
  sessions: SessionDetails[];
  /** Pass it to the next call; null after the last page. */
  cursor: string | null;
  /** The archive did not answer: sessions that Redis has forgotten are missing. */
  incomplete: boolean;
}

/**
 * The sessions of one caller: whatever belongs to somebody else does not exist here (`null`). A session that Redis has forgotten is taken
 * back from the archive by being asked for. Every method rejects with AppError `memory_unavailable` when Redis cannot be reached, and
 * `archive_unavailable` when only the archive could tell.
 */
export interface SessionStore {
  /** With the messages that it begins with, oldest first, their positions counted from 1. */
  create(session: Session, history?: readonly StoredMessage[]): Promise<SessionDetails>;
  get(id: string): Promise<SessionDetails | null>;
  /** Without asking the archive. */
  getLive(id: string): Promise<SessionDetails | null>;
  read(id: string): Promise<SessionInFull | null>;
  /** The newest activity first; those that Redis has forgotten, too. */
  list(page: { limit: number; before: ListPlace | null }): Promise<SessionPage>;
  /** With every message there ever was, not only those in memory. */
  whole(id: string): Promise<{ session: Session; messages: StoredMessage[] } | null>;
  /** Messages of the caller's sessions, newest first. */
  search(search: MessageSearch): Promise<{ found: FoundMessage[]; next: MessageSearch['before'] }>;
  /** Makes a session that was had elsewhere, with all its messages; positions count from 1. */
  adopt(session: Session, messages: readonly StoredMessage[]): Promise<SessionDetails>;
  change(id: string, change: SessionChange): Promise<SessionDetails | null>;
  /** Deletes the session, in the archive too; true when there was one. A running turn loses its lease. */
  remove(id: string): Promise<boolean>;
}
