import { AppError } from '../errors.ts';
import { RUN_QUEUE_MAX, RUN_QUEUE_OF_CALLER_MAX, RUNS_AT_ONCE, SLOT_LAPSE_MS, SLOT_WAIT_MS } from './code-limits.ts';

const LOOK_AGAIN_MS = 10;

/** One of RUNS_AT_ONCE places to run code in, and who has it. */
export interface RunSlot {
  /** From 0. */
  index: number;
  /** Tells that the run lives: a slot that nobody speaks for is given to the next, as when a request was cancelled. */
  touch(): void;
  isHeld(): boolean;
}

/** Keeps runs of one isolate from taking its memory all at once. */
export interface RunSlots {
  /**
   * Does `work` when it is this caller's turn: who has the fewest running is next, then who was served the longest ago. Throws AppError
   * `code_busy` when the queue is full, or the turn does not come in SLOT_WAIT_MS.
   */
  hold<T>(caller: string, work: (slot: RunSlot) => Promise<T>): Promise<T>;
}

interface Ticket {
  caller: string;
  number: number;
  /** In looks of all who wait: a ticket that the others have passed by often enough belongs to a request that is gone. */
  lookedAt: number;
}

interface Holder {
  caller: string;
  touchedAt: number;
}

/** Who waits looks again by a timer of its own: on Workers one request cannot be sure to live until it wakes another. */
export function runSlots({ now, wait }: { now(): number; wait(ms: number): Promise<void> }): RunSlots {
  const holders: (Holder | null)[] = Array.from({ length: RUNS_AT_ONCE }, () => null);
  const waiting = new Set<Ticket>();
  const servedAt = new Map<string, number>();
  let tickets = 0;
  let looks = 0;

  const running = (caller: string) => holders.filter((holder) => holder?.caller === caller).length;
  const isGone = (ticket: Ticket) => looks - ticket.lookedAt > 3 * waiting.size + 10;

  function isBefore(one: Ticket, other: Ticket): boolean {
    const [a, b] = [one.caller, other.caller];
    const order =
      running(a) - running(b) || (servedAt.get(a) ?? 0) - (servedAt.get(b) ?? 0) || one.number - other.number;
    return order < 0;
  }

  function take(ticket: Ticket): RunSlot | null {
    looks += 1;
    ticket.lookedAt = looks;
    for (const other of waiting) if (isGone(other)) waiting.delete(other);
    waiting.add(ticket);
    for (const [index, holder] of holders.entries()) {
      if (holder && now() - holder.touchedAt > SLOT_LAPSE_MS) holders[index] = null;
    }
    const index = holders.indexOf(null);
    if (index < 0 || [...waiting].some((other) => isBefore(other, ticket))) return null;
    waiting.delete(ticket);
    servedAt.set(ticket.caller, ticket.number);
    const mine: Holder = { caller: ticket.caller, touchedAt: now() };
    holders[index] = mine;
    return { index, isHeld: () => holders[index] === mine, touch: () => void (mine.touchedAt = now()) };
  }

  /** What is known of callers is kept while it matters. */
  function forgetIdle(): void {
    if (waiting.size === 0) servedAt.clear();
  }

  return {
    async hold(caller, work) {
      const ofCaller = [...waiting].filter((ticket) => ticket.caller === caller).length;
      if (waiting.size >= RUN_QUEUE_MAX || ofCaller >= RUN_QUEUE_OF_CALLER_MAX) throw busy();
      tickets += 1;
      const ticket = { caller, number: tickets, lookedAt: looks };
      const until = now() + SLOT_WAIT_MS;
      let slot = take(ticket);
      while (!slot) {
        if (now() >= until) {
          waiting.delete(ticket);
          throw busy();
        }
        await wait(LOOK_AGAIN_MS);
        slot = take(ticket);
      }
      try {
        return await work(slot);
      } finally {
        if (slot.isHeld()) holders[slot.index] = null;
        forgetIdle();
      }
    },
  };
}

const busy = () => new AppError('code_busy', 'Too much code is running right now. Try again in a moment.');
