import { alternate } from '../alternate.ts';
import type { Harness } from '../harness.ts';
import { MODELS } from '../models.ts';
import { median, percentile } from '../percentile.ts';
import type { RunOptions, Scenario } from '../scenario.ts';
import { streamTurn, type MeasuredTurn } from '../stream-turn.ts';

const LATENCIES_MS = [0, 20, 80];
/** More than the memory holds, so that each turn that is measured reads as many messages. */
const WARM_UP_TURNS = 6;

interface Measured {
  latencyMs: number;
  ours: MeasuredTurn[];
  bare: MeasuredTurn[];
  /** Of the request that begins a turn, as Edgewise's Redis proxy saw it. */
  roundTrips: number[];
}

export const firstAndLastToken: Scenario = async (harness, options) => {
  const measured: Measured[] = [];
  try {
    for (const latencyMs of LATENCIES_MS) measured.push(await measure(harness, latencyMs, options));
  } finally {
    harness.redis.setLatency(0);
  }
  return [
    {
      title: 'From the request to the first token, ms',
      columns: [
        'Redis latency',
        'bare proxy p50',
        'Edgewise p50',
        'p99',
        'added p50',
        'one round trip p50',
        'added minus round trip',
      ],
      rows: measured.map(({ latencyMs, ours, bare, roundTrips }) => {
        const added = median(ours.map(firstTokenMs)) - median(bare.map(firstTokenMs));
        return [
          `${latencyMs} ms`,
          median(bare.map(firstTokenMs)),
          median(ours.map(firstTokenMs)),
          percentile(ours.map(firstTokenMs), 99),
          added,
          median(roundTrips),
          added - median(roundTrips),
        ];
      }),
      notes: [
        `${measured[0]?.ours.length} turns of each, in turns, in a warm session with its tools' catalogue warm; ${MODELS.short}.`,
        'One round trip is the latency, and the time that the local Redis took for the request that begins a turn.',
      ],
    },
    {
      title: 'From the last token to the close of the stream, ms',
      columns: [
        'Redis latency',
        'bare proxy p50',
        'Edgewise p50',
        'p99',
        'provider done to close: bare p50',
        'Edgewise p50',
        'p99',
        'added p50',
      ],
      rows: measured.map(({ latencyMs, ours, bare }) => {
        const [ourTail, bareTail] = [ours.map(afterProviderMs), bare.map(afterProviderMs)];
        return [
          `${latencyMs} ms`,
          median(bare.map(lastTokenMs)),
          median(ours.map(lastTokenMs)),
          percentile(ours.map(lastTokenMs), 99),
          median(bareTail),
          median(ourTail),
          percentile(ourTail, 99),
          median(ourTail) - median(bareTail),
        ];
      }),
      notes: [
        'The provider waits for one word more before it ends, which is in the left half; the right half counts from its last byte.',
        'Edgewise saves the turn before it closes the stream: one round trip.',
      ],
    },
  ];
};

async function measure(harness: Harness, latencyMs: number, { quick, progress }: RunOptions): Promise<Measured> {
  const { edgewise, bareProxy, redis, model } = harness;
  redis.setLatency(latencyMs);
  const measured: Measured = { latencyMs, ours: [], bare: [], roundTrips: [] };
  const session = await edgewise.newSession();
  const ask = async (): Promise<void> => {
    redis.requests.length = 0;
    const turn = await streamTurn(model, edgewise, session, MODELS.short);
    measured.ours.push(turn);
    // The limiter's script and the one that begins the turn travel together.
    const begin = redis.requests.find(({ startedAt, commands }) => startedAt >= turn.askedAt && commands.length > 1);
    if (begin?.endedAt) measured.roundTrips.push(begin.endedAt - begin.startedAt);
    progress(`${latencyMs} ms, turn ${measured.ours.length}`);
  };
  const askBare = async () => void measured.bare.push(await streamTurn(model, bareProxy, '', MODELS.short));

  await alternate(WARM_UP_TURNS, ask, askBare);
  for (const list of [measured.ours, measured.bare, measured.roundTrips]) list.length = 0;
  await alternate(quick ? 10 : 200, ask, askBare);
  return measured;
}

const firstTokenMs = ({ askedAt, arrived }: MeasuredTurn): number => (arrived[0] ?? Number.NaN) - askedAt;
const lastTokenMs = ({ arrived, closedAt }: MeasuredTurn): number => closedAt - (arrived.at(-1) ?? Number.NaN);
const afterProviderMs = ({ sent, closedAt }: MeasuredTurn): number => closedAt - sent.last;
