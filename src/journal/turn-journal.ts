import type { UIMessageChunk } from 'ai';
import type { Bill } from '../budgets/bill.ts';
import type { Amount, BudgetHold, Standing } from '../budgets/budget.ts';
import type { Recollection } from '../memory/recollection.ts';
import type { Session } from '../memory/session.ts';
import type { Answer, Question } from '../memory/question.ts';
import type { MessageStatus, StoredMessage } from '../memory/stored-message.ts';
import type { Counts } from '../redis/counts.ts';
import type { TurnBudget } from './turn-budget.ts';
import type { TurnOptions } from './turn-options.ts';

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
  options: TurnOptions;
  /** Makes the session when it does not exist. */
  createSession: Session | undefined;
  /** The format in which the turn's stream answers when nobody says which. */
  door: string;
  /** The turn waits for whoever claims it first, instead of being produced by this caller. */
  detached: boolean;
  /** Whose turn it is, for the limit on turns that run at once; without one there is no limit. */
  holder?: { name: string; most: number } | undefined;
  /** Where the turn is charged, and what of its budgets it needs; without one nothing is. */
  budget?: TurnBudget | undefined;
  /** More keys to read in the same round trip. */
  alongside: readonly string[];
}

/** A turn that this isolate holds the lease of, with all it takes to produce it. */
export interface HeldTurn {
  lease: TurnLease;
  session: Session;
  /** The stored messages before this turn's, oldest first, at least as many as the limit allows; may begin inside a turn. */
  history: StoredMessage[];
  /** Of what came before the window. */
  recollection: Recollection | null;
  userMessage: StoredMessage;
  options: TurnOptions;
  alongside: (string | null)[];
  /** Where the user's message waits for the archive; null without an archive. */
  outboxId: string | null;
  /** What a person has said since the turn began to wait. */
  answers: Answer[];
  /** What the turn's answer had used when the turn began to wait. */
  spent: StoredMessage['usage'];
  /** What it holds of its budgets; null for one that is charged to nobody. */
  budget: BudgetHold | null;
}

export interface BegunTurn extends HeldTurn {
  kind: 'begun';
  /** The session was made for this turn. */
  created: boolean;
}

export type BeginResult =
  | { kind: 'missing' }
  /** The idempotency key stands for this turn. */
  | { kind: 'replay'; turnId: string }
  /** Somebody produces an earlier turn right now, or is about to. */
  | { kind: 'busy'; turnId: string }
  /** An earlier turn waits to be claimed. */
  | { kind: 'unfinished'; turnId: string }
  /** The holder has as many running turns as are allowed. */
  | { kind: 'crowded' }
  /** One of its budgets, by index, does not cover the turn. */
  | { kind: 'overspent'; refused: number; needed: Amount; standing: Standing[] }
  | BegunTurn;

export type ClaimResult =
  /** The session or the turn is gone, or another turn has followed. */
  | { kind: 'missing' }
  | { kind: 'held' }
  /** It waits for a person, who still has time. */
  | { kind: 'awaiting' }
  | { kind: 'ended' }
  | ClaimedTurn;

export interface ClaimedTurn extends HeldTurn {
  kind: 'claimed';
  /** Somebody wants it stopped. */
  stop: boolean;
  /** It was waiting for answers that it did not get, or not all. */
  unanswered: boolean;
  /** Producers since the turn began, or since it last waited for a person. */
  producers: number;
}

export type AnswerResult =
  | { kind: 'missing' }
  /** The session's turn has not asked this. */
  | { kind: 'unknown'; id: string }
  /** It was answered before, or the turn waits no longer. */
  | { kind: 'closed' | 'expired'; id: string; turnId: string }
  /** `seq`: the last chunk before the turn began to wait. With `ready` nothing is left to ask, and the turn can be claimed. */
  | { kind: 'open' | 'ready'; turnId: string; seq: number; left: number };

export interface TurnWait {
  message: UnplacedMessage;
  questions: readonly Question[];
  /** What the turn has used so far. */
  bill?: Bill | undefined;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  rest: readonly JournalChunk[];
}

/** `stop`: somebody wants the turn stopped, so it does not wait. */
export type WaitResult =
  | { held: false }
  | { held: true; stop: true }
  | { held: true; stop: false; message: StoredMessage };

export type StopResult = { kind: 'missing' } | { kind: 'idle' } | { kind: 'asked' | 'orphaned'; turnId: string };

export type AppendResult = { held: true; stop: boolean } | { held: false };

export interface TurnEnding {
  status: MessageStatus;
  /** Null when the turn produced nothing worth keeping. */
  message: UnplacedMessage | null;
  /** What the turn used, beyond what was charged when it began to wait. */
  bill?: Bill | undefined;
  /** The chunks that no append has carried yet. */
  rest: readonly JournalChunk[];
  /** What the turn adds to the counters. */
  counts?: Counts;
}

export type EndResult = { held: true; message: StoredMessage | null; outboxId: string | null } | { held: false };

export interface JournalPage {
  chunks: JournalChunk[];
  /** How the turn ended, once the page holds its last chunk. */
  ended: MessageStatus | null;
  /** Where the next page begins; pass it on as it is. */
  cursor: string;
  /** The page's last entry says that the turn waits for a person. */
  waiting: boolean;
  /** There is a next page already. */
  more: boolean;
}

/**
 * The log of turns, and the lease under which one producer writes it. Every method is one round trip. Methods reject with AppError
 * `memory_unavailable` when Redis cannot be reached; calls may then be repeated: all are idempotent.
 */
export interface TurnJournal {
  begin(request: BeginTurn): Promise<BeginResult>;
  /** Takes over a turn that was never started, was let go, or whose lease has lapsed. Of several claimers one wins. `waitNoLonger`: also one that waits for a person. */
  claim(sessionId: string, turnId: string, alongside: readonly string[], waitNoLonger?: boolean): Promise<ClaimResult>;
  /** Appends chunks (or none), renews the lease and asks whether somebody wants the turn stopped. */
  append(lease: TurnLease, chunks: readonly JournalChunk[]): Promise<AppendResult>;
  /** Appends what is left and lets the turn go, for somebody else to claim. */
  suspend(lease: TurnLease, chunks: readonly JournalChunk[]): Promise<AppendResult>;
  /** Appends what is left, keeps the message so far, and lets the turn wait for a person. */
  wait(held: Pick<HeldTurn, 'lease' | 'session'>, wait: TurnWait): Promise<WaitResult>;
  /** Takes answers to what the turn of the owner's session waits for: all of them or none. */
  answer(sessionId: string, owner: string, answers: readonly Answer[]): Promise<AnswerResult>;
  /** Appends what is left, keeps the message, frees the session. */
  end(lease: TurnLease, ending: TurnEnding): Promise<EndResult>;
  /** The chunks after the cursor (null = from the start), oldest first; null when there is no such journal, or no longer. */
  read(sessionId: string, turnId: string, cursor: string | null): Promise<JournalPage | null>;
  /** Asks the running turn of the owner's session to stop. */
  stop(sessionId: string, owner: string): Promise<StopResult>;
  /** Undoes a begin, as if the message had never been sent. */
  cancel(begun: BegunTurn, idempotencyKey: string | undefined): Promise<void>;
  /** Turns that wait to be claimed, the longest waiting first. */
  claimable(count: number): Promise<{ sessionId: string; turnId: string }[]>;
}
