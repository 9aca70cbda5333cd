import { z } from 'zod';
import type { UpstashMemoryOptions } from '../memory/upstash.ts';
import { countResponse } from '../observe/count-response.ts';
import { orPutBack } from '../observe/tally.ts';
import {
  JOURNAL_AFTER_END_MS,
  JOURNAL_RUNNING_MS,
  LEASE_MS,
  MEMORY_KEEP_FACTOR,
  RESERVATION_GRACE_MS,
} from '../redis/keys.ts';
import { runScript, type Script } from '../redis/script.ts';
import { orMemoryUnavailable } from '../redis/upstash-client.ts';
import { appendScript } from './append-script.ts';
import { beginArguments } from './begin-arguments.ts';
import { beginScript } from './begin-script.ts';
import { cancelScript } from './cancel-script.ts';
import { claimScript } from './claim-script.ts';
import { endScript } from './end-script.ts';
import { batch, member, settlement } from './script-arguments.ts';
import { questionSteps } from './question-steps.ts';
import { PAGE, readPage } from './read-page.ts';
import { readAppend, readBegin, readClaim, readEnd, readStop } from './script-replies.ts';
import { stopScript } from './stop-script.ts';
import type { JournalChunk, TurnJournal, TurnLease } from './turn-journal.ts';

/** A turn is cancelled because the rate limit refuses it. */
const REFUSED = countResponse({ status: 429, code: 'rate_limited', durationMs: 0 });

/** The journal in Upstash Redis: one script a step, each in one command. */
export function upstashJournal(options: UpstashMemoryOptions): TurnJournal {
  const { redis, keys, now, sessionTtlMs } = options;
  const run = (script: Script, names: string[], args: (string | number)[]) =>
    orMemoryUnavailable(runScript(redis, script, names, args));

  async function append(lease: TurnLease, chunks: readonly JournalChunk[], letGo: boolean) {
    const { sessionId: id, turnId, epoch } = lease;
    const names = [
      keys.turn(id),
      keys.journal(id, turnId),
      keys.session(id),
      keys.messages(id),
      keys.runningTurns,
      keys.reservationLeases,
    ];
    const times = [now(), LEASE_MS, sessionTtlMs, JOURNAL_RUNNING_MS];
    const reply = await run(appendScript, names, [
      turnId,
      epoch,
      ...batch(chunks),
      ...times,
      member(lease),
      flag(letGo),
      RESERVATION_GRACE_MS,
    ]);
    return readAppend(reply);
  }

  return {
    append: (lease, chunks) => append(lease, chunks, false),
    suspend: (lease, chunks) => append(lease, chunks, true),

    async begin(request) {
      const { names, args } = beginArguments(options, request);
      const reply = await run(beginScript, names, args);
      const result = readBegin(request, reply);
      if (result.kind === 'begun') options.onCounted();
      return result;
    },

    async claim(id, turnId, alongside, waitNoLonger = false) {
      const own = [keys.session(id), keys.messages(id), keys.turn(id), keys.runningTurns, keys.reservationLeases];
      const names = [...own, ...alongside];
      // Two more than the window: the user's message, and what there is of an answer that waits for a person.
      const count = options.memoryMax + 2;
      const args = [turnId, now(), LEASE_MS, count, member({ sessionId: id, turnId }), flag(waitNoLonger)];
      args.push(RESERVATION_GRACE_MS);
      return readClaim(id, turnId, await run(claimScript, names, args));
    },

    ...questionSteps(options, run),

    async end(lease, ending) {
      const { sessionId: id, turnId } = lease;
      const names = [
        keys.turn(id),
        keys.journal(id, turnId),
        keys.session(id),
        keys.messages(id),
        keys.runningTurns,
        keys.liveSessions,
        keys.outbox,
        keys.counters,
      ];
      const settled = settlement(keys, ending.bill, names.length + 1);
      names.push(...settled.names);
      const counts = options.tally.carry(ending.counts ?? {});
      const sent = run(endScript, names, [
        turnId,
        lease.epoch,
        ...batch(ending.rest),
        now(),
        ending.status,
        ending.message ? JSON.stringify(ending.message) : '',
        options.memoryMax * MEMORY_KEEP_FACTOR,
        sessionTtlMs,
        JOURNAL_AFTER_END_MS,
        flag(options.archived),
        member(lease),
        id,
        counts.text,
        settled.json,
      ]);
      const ended = readEnd(await orPutBack(counts, sent));
      if (!ended) {
        counts.putBack();
        return { held: false };
      }
      const message = ending.message ? { ...ending.message, position: ended.position } : null;
      return { held: true, message, outboxId: ended.outboxId };
    },

    async read(sessionId, turnId, cursor) {
      const from = cursor === null ? '-' : `(${cursor}`;
      return readPage(
        await orMemoryUnavailable(redis.xrange(keys.journal(sessionId, turnId), from, '+', PAGE)),
        cursor,
      );
    },

    async stop(id, owner) {
      return readStop(await run(stopScript, [keys.session(id), keys.turn(id)], [owner, now()]));
    },

    async cancel({ lease, session, created, outboxId }, idempotencyKey) {
      const id = lease.sessionId;
      const names = [
        keys.turn(id),
        keys.previousTurn(id),
        keys.session(id),
        keys.messages(id),
        keys.idempotency(id, idempotencyKey ?? ''),
        keys.runningTurns,
        keys.liveSessions,
        keys.ownerSessions(session.owner),
        keys.outbox,
        keys.counters,
        keys.reservationLeases,
      ];
      const flags = [flag(created), flag(idempotencyKey !== undefined)];
      const counts = options.tally.encode(REFUSED);
      await run(cancelScript, names, [lease.turnId, lease.epoch, outboxId ?? '', ...flags, member(lease), id, counts]);
    },

    async claimable(count) {
      const range = { byScore: true, offset: 0, count } as const;
      const members = await orMemoryUnavailable(redis.zrange(keys.runningTurns, '-inf' as const, now(), range));
      return z
        .array(z.string())
        .parse(members)
        .map((name) => {
          const [sessionId = '', turnId = ''] = name.split(' ');
          return { sessionId, turnId };
        });
    },
  };
}

const flag = (value: boolean) => (value ? 1 : 0);
