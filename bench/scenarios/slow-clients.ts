import { setTimeout as sleep } from 'node:timers/promises';
import { readEvents } from '../../test/app/read-events.ts';
import type { Harness } from '../harness.ts';
import { MODELS, wordsOf } from '../models.ts';
import type { Scenario } from '../scenario.ts';
import { streamTurn } from '../stream-turn.ts';
import { bareProxy, edgewise, plainStreamText, type Target } from '../target.ts';
import { watchMemory } from '../watch-memory.ts';

/** How long a client reads nothing, while its model is done long before. */
const PAUSE_MS = 5_000;

/** What long answers keep alive in an isolate whose clients do not read. Each target is a process of its own that has done little else. */
export const slowClients: Scenario = async (harness, { quick, progress }) => {
  const streams = quick ? 5 : 20;
  const rows: (string | number)[][] = [];
  for (const { name } of harness.targets) {
    progress(name);
    const worker = await harness.startFresh(name);
    try {
      const target =
        name === 'bare proxy'
          ? bareProxy(worker)
          : name === 'plain streamText'
            ? plainStreamText(worker)
            : edgewise(worker, name);
      rows.push([name, ...(await measure(harness, target, streams))]);
    } finally {
      await worker.close();
    }
  }
  return {
    tables: [
      {
        title: `${streams} answers of ${wordsOf(MODELS.firehose)} tokens to clients that read nothing for ${PAUSE_MS / 1000} s`,
        columns: ['target', 'RSS MB before', 'most', 'MB a stream', 'read to the end'],
        rows,
        notes: ['A client that lets 256 KiB pile up is let go by Edgewise and can resume from the journal.'],
      },
    ],
  };
};

async function measure({ model }: Harness, target: Target, streams: number): Promise<number[]> {
  const sessions = [];
  for (let count = 0; count < streams; count += 1) {
    const session = await target.newSession();
    if (count < 3) await streamTurn(model, target, session, MODELS.short);
    sessions.push(session);
  }
  const before = watchMemory(target.worker.pid)();
  const most = watchMemory(target.worker.pid);
  const wholes = await Promise.all(sessions.map((session) => readLate(target, session)));
  const peak = most();
  return [before, peak, (peak - before) / streams, wholes.filter(Boolean).length];
}

/** Whether the whole answer came. */
async function readLate(target: Target, session: string): Promise<boolean> {
  const response = await target.ask(session, MODELS.firehose, 'a question whose answer is read late');
  await sleep(PAUSE_MS);
  let words = 0;
  try {
    for await (const { data } of readEvents(response.body)) {
      if (data === '[DONE]') return words === wordsOf(MODELS.firehose);
      words += target.textOf(data).split(' ').length - 1;
    }
  } catch {
    // The connection was closed on a client that was too slow.
  }
  return false;
}
