import { setTimeout as sleep } from 'node:timers/promises';
import type { Harness } from '../harness.ts';
import { MODELS, wordsOf } from '../models.ts';
import type { Scenario } from '../scenario.ts';
import { streamTurn } from '../stream-turn.ts';

/** After this long without a request, a turn has also confirmed its archive. */
const QUIET_MS = 500;

export const redisCommands: Scenario = async (harness, { quick, progress }) => {
  const models = quick
    ? [MODELS.short, MODELS.thousandAt200]
    : [MODELS.short, MODELS.thousandAt200, MODELS.thousandAt50];
  const rows = [];
  for (const model of models) {
    progress(model);
    rows.push(await countTurn(harness, model));
  }
  return [
    {
      title: 'What one turn asks of Redis',
      columns: ['turn', 'tokens', 'commands', 'requests', 'seconds'],
      rows,
      notes: ['Counted between Edgewise and Redis, in a warm session, from the request to the confirmed archive.'],
    },
  ];
};

async function countTurn({ edgewise, redis, model }: Harness, name: string): Promise<(string | number)[]> {
  const session = await edgewise.newSession();
  await streamTurn(model, edgewise, session, MODELS.short);
  await quiet(redis.requests);
  redis.requests.length = 0;
  const { askedAt, closedAt } = await streamTurn(model, edgewise, session, name);
  await quiet(redis.requests);
  const commands = redis.requests.reduce((sum, request) => sum + request.commands.length, 0);
  return [name, wordsOf(name), commands, redis.requests.length, (closedAt - askedAt) / 1000];
}

async function quiet(requests: readonly unknown[]): Promise<void> {
  for (let seen = -1; seen !== requests.length;) {
    seen = requests.length;
    await sleep(QUIET_MS);
  }
}
