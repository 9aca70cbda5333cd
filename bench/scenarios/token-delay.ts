import { alternate } from '../alternate.ts';
import type { Harness } from '../harness.ts';
import { MODELS } from '../models.ts';
import { median, percentile } from '../percentile.ts';
import type { RunOptions, Scenario } from '../scenario.ts';
import { streamCrowd, warmSessions } from '../stream-crowd.ts';
import type { MeasuredTurn } from '../stream-turn.ts';
import type { Target } from '../target.ts';

const CROWDS = [1, 20];

export const tokenDelay: Scenario = async (harness, options) => {
  const rows = [];
  for (const streams of CROWDS) rows.push(await measure(harness, streams, options));
  return [
    {
      title: 'From the provider to the viewer, ms a token',
      columns: [
        'streams at once',
        'bare proxy p50',
        'p99',
        'Edgewise p50',
        'p99',
        'added p50',
        'first token: bare p50',
        'Edgewise p50',
        'added',
      ],
      rows,
      notes: [
        `${options.quick ? MODELS.longQuick : MODELS.long}; from the write of each word by the provider to its arrival at the client.`,
        'Edgewise merges tokens: the first one leaves at once, later ones every 50 ms. That wait is in its delay.',
      ],
    },
  ];
};

async function measure(
  { edgewise, bareProxy, model }: Harness,
  streams: number,
  { quick, progress }: RunOptions,
): Promise<(string | number)[]> {
  const long = quick ? MODELS.longQuick : MODELS.long;
  const crowd = async (target: Target, turns: MeasuredTurn[]): Promise<void> => {
    progress(`${streams} at once: ${target.name}`);
    const sessions = await warmSessions(model, target, streams, MODELS.short);
    turns.push(...(await streamCrowd(model, target, sessions, long)));
  };
  const ours: MeasuredTurn[] = [];
  const bare: MeasuredTurn[] = [];
  await alternate(
    quick ? 1 : 4,
    () => crowd(edgewise, ours),
    () => crowd(bareProxy, bare),
  );
  const [ourDelays, bareDelays] = [ours.flatMap(delaysOf), bare.flatMap(delaysOf)];
  const [ourFirst, bareFirst] = [median(ours.map(firstDelayOf)), median(bare.map(firstDelayOf))];
  return [
    String(streams),
    median(bareDelays),
    percentile(bareDelays, 99),
    median(ourDelays),
    percentile(ourDelays, 99),
    median(ourDelays) - median(bareDelays),
    bareFirst,
    ourFirst,
    ourFirst - bareFirst,
  ];
}

function delaysOf({ arrived, sent }: MeasuredTurn): number[] {
  return arrived.map((at, index) => at - (sent.words[index] ?? Number.NaN));
}

function firstDelayOf(turn: MeasuredTurn): number {
  return delaysOf(turn)[0] ?? Number.NaN;
}
