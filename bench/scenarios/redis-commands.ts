import { awaitQuiet } from '../await-quiet.ts';
import type { Harness } from '../harness.ts';
import { MODELS, wordsOf } from '../models.ts';
import type { Scenario } from '../scenario.ts';
import { streamTurn } from '../stream-turn.ts';
import { totalMs } from '../turn-times.ts';

export const redisCommands: Scenario = async (harness, { quick, progress }) => {
  const models = quick
    ? [MODELS.short, MODELS.thousandAt200]
    : [MODELS.short, MODELS.thousandAt200, MODELS.thousandAt50];
  const rows = [];
  for (const model of models) {
    progress(model);
    rows.push(await countTurn(harness, model));
  }
  return {
    tables: [
      {
        title: 'What one turn asks of Redis',
        columns: ['turn', 'tokens', 'commands', 'requests', 'KiB in and out', 'seconds'],
        rows,
        notes: [
          'Counted between Edgewise and Redis, in a warm session, from the request to the confirmed archive. Bytes with heads.',
        ],
      },
    ],
  };
};

async function countTurn({ edgewise, redis, redisBytes, model }: Harness, name: string): Promise<(string | number)[]> {
  const session = await edgewise.newSession();
  await streamTurn(model, edgewise, session, MODELS.short);
  await awaitQuiet(redis.requests);
  redis.requests.length = 0;
  const bytesBefore = redisBytes.passed();
  const turn = await streamTurn(model, edgewise, session, name);
  await awaitQuiet(redis.requests);
  const commands = redis.requests.reduce((sum, request) => sum + request.commands.length, 0);
  const kib = (redisBytes.passed() - bytesBefore) / 1024;
  return [name, wordsOf(name), commands, redis.requests.length, kib, totalMs(turn) / 1000];
}
