import { callerOf } from '../auth/caller.ts';
import type { ClaimedTurn, ClaimResult, JournalChunk } from '../journal/turn-journal.ts';
import { runTurn } from './run-turn.ts';
import { showPause } from './show-pause.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

/** Polling costs one command a look: brisk while a person is likely to watch text grow, then slower. */
const POLL_MS = [
  { untilIdle: 5_000, every: 250 },
  { untilIdle: 15_000, every: 500 },
  { untilIdle: Infinity, every: 1000 },
] as const;

/** How long nothing new may come before the reader asks whether the producer is still there. */
const CLAIM_AFTER_MS = 3_000;

/** A turn that has brought down so many producers would bring down the next one too. */
const MOST_PRODUCERS = 5;

export interface AttachTo {
  sessionId: string;
  turnId: string;
  /** Chunks up to this number were seen before; 0 for none. */
  afterSeq: number;
}

/**
 * Shows a turn to a viewer from its journal: what is there at once, the rest as it is written. A turn that nobody produces is claimed and
 * finished here. Resolves after the viewer is closed: false when there is no such turn any more. Never rejects.
 */
export async function attachTurn(
  services: TurnServices,
  policy: TurnPolicy,
  { sessionId, turnId, afterSeq }: AttachTo,
  viewer: Viewer,
): Promise<boolean> {
  const { clock, log } = services;
  const reader = journalReader(services, sessionId, turnId, (entries) => viewer.replay(entries, afterSeq));
  let departed = false;
  void viewer.departed.then(() => (departed = true));
  let newsAt = clock.now();
  // At first at once: the turn may be waiting for a reader.
  let askAt = newsAt;

  try {
    while (!departed) {
      const { news, ended, waiting } = await reader.read();
      if (ended) break;
      const now = clock.now();
      if (now >= askAt || (news && waiting)) {
        askAt = now + CLAIM_AFTER_MS;
        const claim = await claimTurn(services, sessionId, turnId);
        if (claim.kind === 'claimed') return await finishTurn(services, policy, claim, reader, viewer);
        if (claim.kind !== 'held') {
          await reader.read();
          if (claim.kind === 'awaiting') showPause(viewer, reader.seen.at(-1)?.seq ?? 0, turnId);
          break;
        }
      }
      if (news) {
        newsAt = now;
        askAt = now + CLAIM_AFTER_MS;
      }
      const idle = now - newsAt;
      const poll = POLL_MS.find(({ untilIdle }) => idle < untilIdle) ?? POLL_MS[2];
      await new Promise<void>((resolve) => clock.after(poll.every, resolve));
    }
  } catch (cause) {
    log('warn', 'attach_failed', { turn_id: turnId }, cause);
    const errorText = 'The connection to this turn was lost. Attach again to see the rest.';
    // Under the last number that was shown: a client that resumes after it must not miss a chunk.
    viewer.write({ seq: reader.seen.at(-1)?.seq ?? 0, chunk: { type: 'error', errorText } });
  }
  await viewer.close();
  return reader.seen.length > 0;
}

/** Takes over an unfinished turn and brings it to its end, for a viewer or for nobody; one that is superseded is ended as it stands. */
export async function finishTurn(
  services: TurnServices,
  policy: TurnPolicy,
  claim: ClaimedTurn,
  reader: JournalReader,
  viewer: Viewer,
  supersede = false,
): Promise<boolean> {
  // What the producer before wrote between the last look and the claim; from now on the fence keeps it out.
  await reader.read();
  services.log('info', 'turn_claimed', {
    turn_id: claim.lease.turnId,
    epoch: claim.lease.epoch,
    chunks: reader.seen.length,
  });
  const giveUp = supersede || claim.producers > MOST_PRODUCERS;
  const endAs = claim.stop ? 'stopped' : claim.unanswered ? 'unanswered' : giveUp ? 'interrupted' : undefined;
  await runTurn(services, policy, claim, viewer, { previous: reader.seen, endAs });
  return true;
}

/** `waitNoLonger`: also a turn that waits for a person. */
export function claimTurn(
  { journal, tools }: TurnServices,
  sessionId: string,
  turnId: string,
  waitNoLonger = false,
): Promise<ClaimResult> {
  // Catalogues are shared by all anonymous callers, so the reader's own name is as good as the owner's.
  return journal.claim(sessionId, turnId, tools.turnKeys(callerOf(''), sessionId), waitNoLonger);
}

export interface JournalReader {
  /** Everything read so far. */
  seen: JournalChunk[];
  /** Reads on to the present end of the journal. */
  read(): Promise<{ news: boolean; ended: boolean; waiting: boolean }>;
}

export function journalReader(
  { journal }: Pick<TurnServices, 'journal'>,
  sessionId: string,
  turnId: string,
  onPage: (entries: readonly JournalChunk[]) => Promise<void> | void,
): JournalReader {
  const seen: JournalChunk[] = [];
  let cursor: string | null = null;
  let waiting = false;
  return {
    seen,
    async read() {
      let news = false;
      for (;;) {
        const page = await journal.read(sessionId, turnId, cursor);
        if (!page || page.cursor === cursor) return { news, ended: false, waiting };
        cursor = page.cursor;
        news = true;
        waiting = page.waiting;
        seen.push(...page.chunks);
        await onPage(page.chunks);
        if (page.ended || !page.more) return { news, ended: page.ended !== null, waiting };
      }
    },
  };
}
