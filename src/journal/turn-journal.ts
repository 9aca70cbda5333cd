import type { UIMessageChunk } from 'ai';
import type { Session } from '../memory/session.ts';
import type { MessageStatus, StoredMessage } from '../memory/stored-message.ts';

/** One numbered chunk of a turn. `seq` counts from 1 and never repeats within a turn, also across takeovers. */
export interface JournalChunk {
  seq: number;
  chunk: UIMessageChunk;
}

/** A message before Redis has given it its place in the session. */
export type UnplacedMessage = Omit<StoredMessage, 'position'>;

/** The right to produce a turn. It is lost when somebody else claims the turn under a higher epoch. */
export interface TurnLease {
  sessionId: string;
  turnId: string;
  epoch: number;
}

export interface BeginTurn {
  sessionId: string;
  turnId: string;
  /** Only sessions of this owner, or sessions whose id is the capability, are found. */
  owner: string;
  /** Stored before anything else happens. */
  message: UnplacedMessage;
  /** A key seen before in this session answers `replay`. */
  idempotencyKey: string | undefined;
  /** Messages in the window, for this turn only; undefined means the session's own limit. */
  memoryLimit: number | undefined;
  /** Makes the session when it does not exist. */
  createSession: Session | undefined;
  /** The format in which the turn's stream answers when nobody says which. */
  door: string;
  /** More keys to read in the same round trip. */
  alongside: readonly string[];
}

export type BeginResult =
  | { kind: 'missing' }
  | { kind: 'replay'; turnId: string }
  | { kind: 'busy'; turnId: string }
  | {
      kind: 'begun';
      lease: TurnLease;
      session: Session;
      /** The stored messages before this one, oldest first, at most as many as the limit; may begin inside a turn. */
      history: StoredMessage[];
      userMessage: StoredMessage;
      alongside: (string | null)[];
      /** Where the user's message waits for the archive; null without an archive. */
      outboxId: string | null;
      created: boolean;
    };

export type AppendResult = { held: true; stop: boolean } | { held: false };

export interface TurnEnding {
  status: MessageStatus;
  /** Null when the turn produced nothing worth keeping. */
  message: UnplacedMessage | null;
  /** The chunks that no append has carried yet. */
  rest: readonly JournalChunk[];
}

export type EndResult = { held: true; message: StoredMessage | null; outboxId: string | null } | { held: false };

export interface JournalPage {
  chunks: JournalChunk[];
  /** How the turn ended, once the page holds its last chunk. */
  ended: MessageStatus | null;
  /** Where the next page begins; pass it on as it is. */
  cursor: string;
}

/**
 * The log of turns, and the lease under which one producer writes it. Every method is one round trip. Methods reject with AppError
 * `memory_unavailable` when Redis cannot be reached; calls may then be repeated: all are idempotent.
 */
export interface TurnJournal {
  begin(request: BeginTurn): Promise<BeginResult>;
  /** Appends chunks (or none), renews the lease and asks whether somebody wants the turn stopped. */
  append(lease: TurnLease, chunks: readonly JournalChunk[]): Promise<AppendResult>;
  /** Appends what is left, keeps the message, frees the session. */
  end(lease: TurnLease, ending: TurnEnding): Promise<EndResult>;
  /** The chunks after the cursor (null = from the start), oldest first; null when there is no such journal, or no longer. */
  read(sessionId: string, turnId: string, cursor: string | null): Promise<JournalPage | null>;
  /** Undoes a begin, as if the message had never been sent. */
  cancel(begun: Extract<BeginResult, { kind: 'begun' }>, idempotencyKey: string | undefined): Promise<void>;
}
