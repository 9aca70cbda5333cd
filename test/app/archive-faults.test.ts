import { expect, inject, onTestFinished, test } from 'vitest';
import { startRecordingProxy } from '../fakes/recording-proxy.ts';
import { archivedMessages } from './archived-messages.ts';
import { client } from './client.ts';
import { spawnWorker, type MortalWorker } from './spawn-worker.ts';
import { startWorker } from './start-worker.ts';

/** How long the load lasts: ARCHIVE_FAULTS_SECONDS for longer runs than CI's. */
const SECONDS = Number(process.env['ARCHIVE_FAULTS_SECONDS'] ?? '16');
const TALKERS = 6;

type Said = { session: string; text: string; acknowledged: boolean };

test(
  'whatever befalls Neon and the Workers under load, every acknowledged message is in the archive once, in order',
  async () => {
    const neon = await startRecordingProxy(inject('vars')['NEON_FETCH_ENDPOINT'] ?? '');
    const vars = { HISTORY_NAMESPACE: `test-${crypto.randomUUID()}`, COMPATIBLE_MODEL: 'demo?n=10&tps=50' };
    const faulty = { ...vars, NEON_FETCH_ENDPOINT: neon.url };
    const keeper = await startWorker(faulty);
    let victim: MortalWorker = await spawnWorker(faulty);
    onTestFinished(async () => {
      victim.kill();
      await keeper.close();
      await neon.close();
    });
    const endsAt = Date.now() + SECONDS * 1000;
    const said: Said[] = [];
    let kills = 0;
    let broken = 0;

    async function talk(talker: number): Promise<void> {
      for (let session = 0; Date.now() < endsAt; session++) {
        const id = await client(keeper.url).newSession({ title: `talker ${talker}` });
        for (let turn = 0; turn < 4 && Date.now() < endsAt; turn++) {
          // Every second message goes to a Worker that is about to be killed.
          const url = turn % 2 === 0 ? keeper.url : victim.url;
          const text = `talker ${talker}, session ${session}, message ${turn}`;
          const acknowledged = await sayThrough(url, id, text);
          if (!acknowledged) broken += 1;
          said.push({ session: id, text, acknowledged });
        }
      }
    }

    async function spoil(): Promise<void> {
      for (let round = 0; Date.now() < endsAt; round++) {
        const kind = round % 4;
        neon.setLatency(kind === 1 ? 1500 : 0);
        neon.setFault(kind === 0 ? { status: 500 } : kind === 3 ? 'refuse' : null);
        // Every second request fails.
        let away = false;
        const flip = () => {
          away = !away;
          neon.setFault(away ? { status: 500 } : null);
        };
        const flicker = kind === 2 ? setInterval(flip, 5) : undefined;
        await pause(1500);
        clearInterval(flicker);
        await keeper.cron(60_000).catch(() => undefined);
        if (kind % 2 === 1) {
          victim.kill();
          kills += 1;
          victim = await spawnWorker(faulty);
        }
      }
      neon.setFault(null);
      neon.setLatency(0);
    }

    await Promise.all([spoil(), ...Array.from({ length: TALKERS }, (_, talker) => talk(talker))]);

    // Turns of killed Workers are finished once their lease has lapsed, by cron, which also delivers what waits.
    const sessions = [...new Set(said.map(({ session }) => session))];
    let open = sessions;
    const unfinished = async () => {
      await keeper.cron(3_600_000);
      open = await stillOpen(keeper.url, open);
      return open.length;
    };
    await expect.poll(unfinished, { timeout: 100_000, interval: 1000 }).toBe(0);
    await keeper.cron(3_600_000);
    await keeper.cron(7_200_000);

    let messages = 0;
    for (const id of sessions) {
      const rows = await archivedMessages(id);
      messages += rows.length;
      expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1));
      const asked = rows.filter(({ role }) => role === 'user').map(({ text }) => text ?? '');
      const mine = said.filter(({ session }) => session === id);
      const acknowledged = mine.filter((item) => item.acknowledged).map(({ text }) => text);
      expect(asked.filter((text) => acknowledged.includes(text))).toEqual(acknowledged);
      expect(new Set(asked).size, 'no message twice').toBe(asked.length);
    }
    expect(kills).toBeGreaterThan(0);
    expect(said.filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(SECONDS);
    const numbers = { seconds: SECONDS, sessions: sessions.length, said: said.length, broken, kills, messages };
    console.info(JSON.stringify(numbers));
  },
  SECONDS * 1000 + 240_000,
);

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Acknowledged is what was answered with a stream, also one that broke off with its Worker. */
async function sayThrough(url: string, id: string, text: string): Promise<boolean> {
  try {
    const body = { content: text, on_busy: 'queue' };
    const response = await client(url).send('POST', `/sessions/${id}/messages`, body, { accept: 'text/event-stream' });
    await response.text().catch(() => undefined);
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Asks for a few at a time: the machine has had enough. */
async function stillOpen(url: string, ids: string[]): Promise<string[]> {
  const open: string[] = [];
  for (let start = 0; start < ids.length; start += 5) {
    const few = ids.slice(start, start + 5);
    const states = await Promise.all(few.map((id) => statusOf(url, id)));
    open.push(...few.filter((_, index) => states[index] !== 'idle'));
  }
  return open;
}

async function statusOf(url: string, id: string): Promise<string> {
  const answer = await client(url).get(`/sessions/${id}/status`);
  return answer.status === 200 ? (await answer.json()).status : `HTTP ${answer.status}`;
}
