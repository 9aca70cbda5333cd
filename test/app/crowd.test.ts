import { expect, test } from 'vitest';
import { archivedMessages } from './archived-messages.ts';
import { client } from './client.ts';
import { startWorker } from './start-worker.ts';

test('100 sessions at once, three turns each: every answer whole and in order, memory right, one archive row a message', async () => {
  const worker = await startWorker({ COMPATIBLE_MODEL: 'demo?n=40&tps=0', RATE_RPS: '100000', RATE_BURST: '100000' });
  const api = client(worker.url);
  const whole = Array.from({ length: 40 }, (_, index) => `w${index + 1}`).join(' ');

  const sessions = await Promise.all(
    Array.from({ length: 100 }, async (_, session) => {
      const id = await api.newSession();
      for (const turn of [1, 2, 3]) {
        const reply = await (await api.say(id, `session ${session}, message ${turn}`)).json();
        expect(reply.message?.content.trim(), JSON.stringify(reply)).toBe(whole);
      }
      return { id, session };
    }),
  );

  for (const { id, session } of sessions) {
    const { history } = await (await api.get(`/sessions/${id}`)).json();
    const said = history.map(({ role, content }: { role: string; content: string }) =>
      role === 'user' ? content : content.trim(),
    );
    const expected = [1, 2, 3].flatMap((turn) => [`session ${session}, message ${turn}`, whole]);
    expect(said).toEqual(expected);
    await expect.poll(async () => (await archivedMessages(id)).map(({ text }) => text?.trim())).toEqual(expected);
    expect((await archivedMessages(id)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6]);
  }
  await worker.close();
}, 120_000);
