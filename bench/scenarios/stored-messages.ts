import { alternate } from '../alternate.ts';
import { awaitQuiet } from '../await-quiet.ts';
import { cpuMsOf } from '../cpu-time.ts';
import { fillSession } from '../fill-session.ts';
import type { Harness } from '../harness.ts';
import { MODELS } from '../models.ts';
import { median } from '../percentile.ts';
import type { Scenario } from '../scenario.ts';
import { streamTurn, type MeasuredTurn } from '../stream-turn.ts';
import { edgewise } from '../target.ts';
import { firstTokenMs } from '../turn-times.ts';

const SIZES = [10, 100, 1_000, 5_000];
const QUICK_SIZES = [10, 100];

/** Sessions of one size, and what turns in them cost; CPU and bytes by round, for one turn. */
interface Result {
  size: number;
  sessions: string[];
  turns: MeasuredTurn[];
  cpuMs: number[];
  redisBytes: number[];
  commands: number[];
}

export const storedMessages: Scenario = async (harness, { quick, progress }) => {
  const [rounds, turnsOfRound] = quick ? [2, 5] : [5, 10];
  const results = (quick ? QUICK_SIZES : SIZES).map((size): Result => {
    return { size, sessions: [], turns: [], cpuMs: [], redisBytes: [], commands: [] };
  });
  await fill(harness, results, rounds * turnsOfRound, progress);

  const runs = results.map((result) => async (): Promise<void> => {
    progress(`${result.size} stored, round ${result.cpuMs.length + 1}`);
    await measureRound(harness, result, turnsOfRound);
  });
  await alternate(rounds, runs);

  const [least] = results;
  const most = results.at(-1);
  if (least === undefined || most === undefined) throw new Error('There is no size to measure.');
  const [cpu, bytes] = [ratio(most.cpuMs, least.cpuMs), ratio(most.redisBytes, least.redisBytes)];
  return {
    tables: [
      {
        title: 'A turn in a session with so many messages',
        columns: [
          'stored messages',
          'CPU ms',
          'x least',
          'Redis KiB in and out',
          'x least',
          'Redis commands',
          'first token ms p50',
          'x least',
        ],
        rows: results.map(({ size, turns, cpuMs, redisBytes, commands }) => [
          String(size),
          median(cpuMs),
          ratio(cpuMs, least.cpuMs),
          median(redisBytes) / 1024,
          ratio(redisBytes, least.redisBytes),
          median(commands),
          median(turns.map(firstTokenMs)),
          ratio(turns.map(firstTokenMs), least.turns.map(firstTokenMs)),
        ]),
        notes: [
          `${rounds} rounds of ${turnsOfRound} turns, in turns, ${MODELS.short}; medians of the rounds, for one turn, archive included.`,
          'Turns of a small session are spread over several, so that it stays as small. Redis bytes with heads.',
        ],
      },
    ],
    ...(most.size === SIZES.at(-1) && { findings: { storedCpu: cpu, storedBytes: bytes } }),
  };
};

async function fill(
  harness: Harness,
  results: readonly Result[],
  turns: number,
  progress: (text: string) => void,
): Promise<void> {
  const { model, redis } = harness;
  const worker = await harness.startFilling();
  await using started = new AsyncDisposableStack();
  started.defer(() => worker.close());
  const filler = edgewise(worker);
  const filling = results.map(async (result) => {
    // No session may grow by more than a fifth while it is measured: two messages a turn.
    const sessions = Math.ceil(turns / Math.max(1, result.size / 10));
    for (let count = 0; count < sessions; count += 1) {
      result.sessions.push(await fillSession(model, filler, result.size, progress));
    }
  });
  await Promise.all(filling);
  await awaitQuiet(redis.requests);
}

async function measureRound(harness: Harness, result: Result, turns: number): Promise<void> {
  const { edgewise: target, model, redis, redisBytes } = harness;
  redis.requests.length = 0;
  const bytesBefore = redisBytes.passed();
  const cpuMs = await cpuMsOf(target.worker.pid, async () => {
    for (let turn = 0; turn < turns; turn += 1) {
      const session = result.sessions[result.turns.length % result.sessions.length] ?? '';
      result.turns.push(await streamTurn(model, target, session, MODELS.short));
    }
    await awaitQuiet(redis.requests);
  });
  const commands = redis.requests.reduce((sum, request) => sum + request.commands.length, 0);
  result.cpuMs.push(cpuMs / turns);
  result.redisBytes.push((redisBytes.passed() - bytesBefore) / turns);
  result.commands.push(commands / turns);
}

function ratio(values: readonly number[], to: readonly number[]): number {
  return median(values) / median(to);
}
