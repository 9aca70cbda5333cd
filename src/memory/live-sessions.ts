import type { ListPlace } from './page-of-sessions.ts';
import type { SessionChange, SessionDetails, SessionInFull } from './session-store.ts';
import type { Session } from './session.ts';
import type { StoredMessage } from './stored-message.ts';

export interface LivePage {
  sessions: { place: ListPlace; details: SessionDetails }[];
  /** The page says everything down to this place; null when it says everything there is. */
  reachesTo: ListPlace | null;
}

/** `deleted`: by its owner, a short time ago. `listed`: it has a place of its own in the owner's list. */
export type Whereabouts = { kind: 'live'; details: SessionDetails; listed: boolean } | { kind: 'deleted' | 'gone' };

export interface ForgottenSession {
  session: Session;
  lastActivity: number;
  messageCount: number;
  /** The last ones, oldest first. */
  messages: readonly StoredMessage[];
}

/**
 * The sessions of one caller that the memory has not forgotten yet: whatever belongs to somebody else does not exist here (`null`). Every
 * method rejects with AppError `memory_unavailable` when Redis cannot be reached.
 */
export interface LiveSessions {
  /** With the messages that it begins with, oldest first, their positions counted from 1. */
  create(session: Session, history?: readonly StoredMessage[]): Promise<SessionDetails>;
  get(id: string): Promise<SessionDetails | null>;
  read(id: string): Promise<SessionInFull | null>;
  change(id: string, change: SessionChange): Promise<SessionDetails | null>;
  /** Gives a title to a session that has none. */
  nameUntitled(id: string, title: string): Promise<void>;
  /** Forgets the session, its memory and its journals; true when there was one. A running turn loses its lease. */
  remove(id: string): Promise<boolean>;
  /** The newest activity first. */
  page(options: { limit: number; before: ListPlace | null }): Promise<LivePage>;
  /** In the order of `ids`. */
  look(ids: readonly string[]): Promise<Whereabouts[]>;
  /** Takes a session back; does nothing when it is there, or was deleted. Of several calls at once one does it. */
  restore(forgotten: ForgottenSession): Promise<void>;
  /** Notes that a session that is not live was deleted. */
  bury(id: string): Promise<void>;
}
