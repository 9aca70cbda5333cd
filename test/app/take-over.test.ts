import type { UIMessageChunk } from 'ai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { foldMessage } from '../../src/wire/fold-message.ts';
import { archivedMessages, tasksNamed } from './archived-messages.ts';
import { client } from './client.ts';
import { readChunks, textOfChunks } from './read-events.ts';
import { spawnWorker } from './spawn-worker.ts';
import { startWorker, type WorkerUnderTest } from './start-worker.ts';

/** Longer than the lease of a producer that has died. */
const LEASE_LAPSES = { timeout: 40_000, interval: 500 };

let survivor: WorkerUnderTest;
let api: ReturnType<typeof client>;
const vars = { HISTORY_NAMESPACE: `test-${crypto.randomUUID()}`, COMPATIBLE_MODEL: 'demo?tps=8,demo?n=40&tps=20' };
beforeAll(async () => {
  survivor = await startWorker(vars);
  api = client(survivor.url);
});
afterAll(() => survivor.close());

/** A turn that ended right before the kill was not archived by its own Worker: cron does that. */
async function archivedSoon(id: string): Promise<unknown[]> {
  const messages = await archivedMessages(id);
  if (messages.length < 2) await survivor.cron(60_000);
  return messages;
}

test('turns whose Worker is killed, at every point of two tool calls, are finished by the next reader; no task is added twice', async () => {
  const victim = await spawnWorker(vars);
  const dying = client(victim.url);
  const turns = await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const id = await dying.newSession();
      await new Promise((resolve) => setTimeout(resolve, index * 150));
      const thing = `thing-${index}-${id.slice(0, 8)}`;
      const response = await dying.stream(id, `add a task to buy ${thing} and list my tasks`);
      // The stream breaks off with the Worker.
      return { id, thing, whole: readChunks(response).catch(() => null) };
    }),
  );
  victim.kill();
  const alive = await Promise.all(turns.map(({ whole }) => whole));
  expect(alive.filter((chunks) => chunks === null).length, 'turns that were cut').toBeGreaterThan(8);

  const seen: string[] = [];
  await Promise.all(
    turns.map(async ({ id, thing }) => {
      const chunks = await readChunks(await api.get(`/sessions/${id}/stream`));
      expect(chunks.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { status: 'complete' } });
      const { messages, status } = await (await api.get(`/sessions/${id}`)).json();
      expect(status).toBe('idle');
      expect(messages).toHaveLength(2);
      expect(await foldMessage(messages[1].id, chunks), 'what was shown').toEqual(messages[1]);
      await expect
        .poll(() => archivedSoon(id), LEASE_LAPSES)
        .toMatchObject([
          { position: 1, role: 'user' },
          { position: 2, role: 'assistant', status: 'complete' },
        ]);
      const added = await tasksNamed(thing);
      const outcome = toolState(chunks);
      seen.push(outcome);
      expect([outcome, added]).toBeOneOf([
        ['known', 1],
        ['unknown', 0],
        ['unknown', 1],
      ]);
    }),
  );
  expect(seen).toContain('known');
}, 120_000);

test('of two isolates that race for a turn one finishes it, and both readers see the same', async () => {
  const victim = await spawnWorker(vars);
  const rival = await startWorker(vars);
  const id = await client(victim.url).newSession();
  const model = { options: { model: 'compatible/demo?n=40&tps=20' } };
  const whole = client(victim.url)
    .stream(id, 'hello', model)
    .then(readChunks)
    .catch(() => null);
  await expect.poll(async () => (await (await api.get(`/sessions/${id}/status`)).json()).status).toBe('running');
  await new Promise((resolve) => setTimeout(resolve, 800));
  victim.kill();
  expect(await whole).toBeNull();

  const [one, two] = await Promise.all([
    readChunks(await api.get(`/sessions/${id}/stream`)),
    readChunks(await client(rival.url).get(`/sessions/${id}/stream`)),
  ]);
  expect(two).toEqual(one);
  const last = one.at(-1);
  const turnId = last?.type === 'finish' ? z.object({ turn_id: z.string() }).parse(last.messageMetadata).turn_id : '';
  const claims = [...survivor.logs(), ...rival.logs()].filter(
    (line) => line.includes('turn_claimed') && line.includes(turnId),
  );
  expect(claims).toEqual([expect.stringContaining('"epoch":2')]);
  const words = textOfChunks(one.slice(one.findIndex(({ type }) => type === 'reset-step')));
  expect(words.trim().split(' ')).toEqual(Array.from({ length: 40 }, (_, index) => `w${index + 1}`));
  const { messages } = await (await api.get(`/sessions/${id}`)).json();
  expect(messages).toHaveLength(2);
  await rival.close();
}, 60_000);

test('a turn that nobody comes back for is finished by cron', async () => {
  const victim = await spawnWorker(vars);
  const id = await client(victim.url).newSession();
  await client(victim.url).stream(id, 'hello', { options: { model: 'compatible/demo?n=40&tps=20' } });
  victim.kill();
  const finished = async () => {
    await survivor.cron();
    return (await api.get(`/sessions/${id}/status`)).json();
  };
  await expect.poll(finished, LEASE_LAPSES).toMatchObject({ status: 'idle', history_length: 2 });
}, 60_000);

/** Whether the turn knows that its task was added. */
function toolState(chunks: UIMessageChunk[]): 'known' | 'unknown' {
  const call = chunks.find((chunk) => chunk.type === 'tool-input-available' && chunk.toolName === 'add_task');
  const id = call?.type === 'tool-input-available' ? call.toolCallId : '';
  return chunks.some((chunk) => chunk.type === 'tool-output-available' && chunk.toolCallId === id)
    ? 'known'
    : 'unknown';
}
