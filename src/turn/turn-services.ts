import type { Archive } from '../archive/archive.ts';
import type { Outbox } from '../archive/outbox.ts';
import type { ReadAttached } from '../attachments/attached-file.ts';
import type { BudgetPolicy } from '../budgets/budget-policy.ts';
import type { UsageLedger } from '../budgets/usage-ledger.ts';
import type { TurnJournal } from '../journal/turn-journal.ts';
import type { Session } from '../memory/session.ts';
import type { Log } from '../observe/log.ts';
import type { RequestMeter } from '../observe/request-meter.ts';
import type { TurnTrace } from '../observe/turn-trace.ts';
import type { ToolHub } from '../tools/tool-hub.ts';
import type { SessionMemories } from './session-memories.ts';
import type { SessionTitles } from './session-titles.ts';
import type { TurnClock } from './turn-clock.ts';
import type { TurnRunner } from './turn-runner.ts';

/** What a turn needs of the world. */
export interface TurnServices {
  journal: TurnJournal;
  runner: TurnRunner;
  tools: ToolHub;
  budgets: BudgetPolicy;
  ledger: UsageLedger;
  /** Null when the deployment keeps no archive. */
  archive: Archive | null;
  outbox: Outbox;
  titles: SessionTitles;
  /** Null for a turn without a session. */
  memories: SessionMemories | null;
  /** Takes a session that Redis has forgotten back from the archive; false when there is none that `owner` may use. */
  reopen(sessionId: string, owner: string): Promise<boolean>;
  /** Reads what messages of this session refer to. */
  attachedOf(session: Session): ReadAttached;
  clock: TurnClock;
  log: Log;
  /** Measures the request that these services are for. */
  meter: RequestMeter;
  /** Begins the trace of a turn; null where nothing is traced. */
  startTrace: (() => TurnTrace) | null;
  /** Keeps work alive after the response, as the platform's function of that name. */
  waitUntil(promise: Promise<unknown>): void;
}
