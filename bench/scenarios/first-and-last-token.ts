import { alternate } from '../alternate.ts';
import type { Harness } from '../harness.ts';
import { MODELS } from '../models.ts';
import { median, percentile } from '../percentile.ts';
import type { RunOptions, Scenario } from '../scenario.ts';
import { streamTurn, type MeasuredTurn } from '../stream-turn.ts';
import type { Target } from '../target.ts';
import { afterProviderMs, firstTokenMs } from '../turn-times.ts';

/** Of Redis, there and back. What is promised is taken at the middle one. */
const LATENCIES_MS = [0, 20, 80];
const PROMISED_AT_MS = 20;
/** More than the memory holds, so that each turn that is measured reads as many messages. */
const WARM_UP_TURNS = 6;
const TURNS = 40;
const QUICK_TURNS = 5;

interface Result {
  name: string;
  turns: MeasuredTurn[];
  /** Of the request that begins a turn and of the one that saves it, as the proxy before Redis saw them. */
  beginTrips: number[];
  saveTrips: number[];
}

export const firstAndLastToken: Scenario = async (harness, options) => {
  const first: (string | number)[][] = [];
  const last: (string | number)[][] = [];
  const findings = { firstToken: Number.NaN, close: Number.NaN };
  try {
    for (const latencyMs of LATENCIES_MS) {
      const results = await measure(harness, latencyMs, options);
      const bareFirst = median((results.get(harness.bareProxy)?.turns ?? []).map(firstTokenMs));
      for (const [target, { name, turns, beginTrips, saveTrips }] of results) {
        const [toFirst, toClose] = [turns.map(firstTokenMs), turns.map(afterProviderMs)];
        const [added, begin, save] = [median(toFirst) - bareFirst, median(beginTrips), median(saveTrips)];
        const row = `${latencyMs} ms, ${name}`;
        first.push([row, median(toFirst), percentile(toFirst, 99), added, orNone(begin), orNone(added - begin)]);
        const closing = median(toClose);
        last.push([row, closing, percentile(toClose, 99), orNone(save), orNone(closing - save)]);
        if (latencyMs === PROMISED_AT_MS && target === harness.edgewise) {
          Object.assign(findings, { firstToken: added - begin, close: closing - save });
        }
      }
    }
  } finally {
    harness.redis.setLatency(0);
  }
  const repeated = `${options.quick ? QUICK_TURNS : TURNS} turns of each, in turns, in a warm session with its tools' catalogue warm; ${MODELS.short}.`;
  return {
    tables: [
      {
        title: 'From the request to the first token, ms',
        columns: ['Redis latency, target', 'p50', 'p99', 'added p50', 'one round trip p50', 'added less round trip'],
        rows: first,
        notes: [
          repeated,
          'Added: to the bare proxy. One round trip: the latency, and the time that the local Redis took for the request that begins a turn.',
        ],
      },
      {
        title: "From the provider's last byte to the close of the stream, ms",
        columns: ['Redis latency, target', 'p50', 'p99', 'one round trip p50', 'less round trip'],
        rows: last,
        notes: ['Edgewise saves the turn before it closes the stream: that request is the round trip.'],
      },
    ],
    findings,
  };
};

async function measure(
  { targets, redis, model }: Harness,
  latencyMs: number,
  { quick, progress }: RunOptions,
): Promise<Map<Target, Result>> {
  redis.setLatency(latencyMs);
  const results = new Map<Target, Result>();
  const runs = [];
  for (const target of targets) {
    const result: Result = { name: target.name, turns: [], beginTrips: [], saveTrips: [] };
    results.set(target, result);
    const session = await target.newSession();
    runs.push(async () => {
      redis.requests.length = 0;
      const turn = await streamTurn(model, target, session, MODELS.short);
      result.turns.push(turn);
      progress(`${latencyMs} ms, turn ${result.turns.length}`);
      // The limiter's script and the one that begins the turn travel together.
      const begin = redis.requests.find(({ startedAt, commands }) => startedAt >= turn.askedAt && commands.length > 1);
      const save = redis.requests.find(({ startedAt }) => startedAt >= turn.sent.last);
      if (begin?.endedAt) result.beginTrips.push(begin.endedAt - begin.startedAt);
      // What comes later than the close is the archive.
      if (save?.endedAt && save.startedAt < turn.closedAt) result.saveTrips.push(save.endedAt - save.startedAt);
    });
  }
  await alternate(WARM_UP_TURNS, runs);
  for (const { turns, beginTrips, saveTrips } of results.values()) {
    for (const list of [turns, beginTrips, saveTrips]) list.length = 0;
  }
  await alternate(quick ? QUICK_TURNS : TURNS, runs);
  return results;
}

/** A Worker without Redis has no round trip. */
function orNone(value: number): number | string {
  return Number.isNaN(value) ? '-' : value;
}
