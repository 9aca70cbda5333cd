import { afterAll, beforeAll, expect, test } from 'vitest';
import { LEASE_MS } from '../../src/redis/keys.ts';
import { admitTurn } from '../../src/turn/admit-turn.ts';
import { claimAbandoned } from '../../src/turn/claim-abandoned.ts';
import type { TurnRequest } from '../../src/turn/turn-request.ts';
import { message, OWNER } from '../journal/journal-under-test.ts';
import { turnWorld } from './turn-world.ts';

let world: Awaited<ReturnType<typeof turnWorld>>;
beforeAll(async () => {
  world = await turnWorld();
});
afterAll(() => world.close());

function request(sessionId: string): TurnRequest {
  return {
    sessionId,
    owner: OWNER,
    message: message(crypto.randomUUID(), 'user', 'and now?').message,
    idempotencyKey: undefined,
    createSession: undefined,
    continues: true,
    door: 'own',
    detached: false,
    onBusy: 'reject',
    options: { settings: {} },
  };
}

const allowed = { allowed: true, failed: false, retryAfterSeconds: 0, policies: [] };

function admit(sessionId: string) {
  const services = {
    ...world.services,
    limits: { take: () => Promise.resolve(allowed) },
    newId: () => crypto.randomUUID(),
  };
  return admitTurn(services, world.policy, request(sessionId), { ip: '192.0.2.1', key: undefined });
}

test('a new message ends a turn that its producer left behind, with what it had, and begins', async () => {
  const begun = await world.begin('t1');
  await world.journal.append(begun.lease, [
    { seq: 1, chunk: { type: 'start', messageId: 'm' } },
    { seq: 2, chunk: { type: 'start-step' } },
    { seq: 3, chunk: { type: 'text-start', id: 'a' } },
    { seq: 4, chunk: { type: 'text-delta', id: 'a', delta: 'half' } },
  ]);
  expect((await admit(begun.session.id)).kind).toBe('busy');
  await world.clock.pass(LEASE_MS + 1);
  const next = await admit(begun.session.id);
  expect(next).toMatchObject({ kind: 'begun', userMessage: { position: 3 } });
  const stored = await world.sessions().read(begun.session.id);
  expect(stored?.messages.map(({ status }) => status)).toEqual(['complete', 'interrupted', 'complete']);
  expect(stored?.messages[1]?.message.parts).toMatchObject([
    { type: 'step-start' },
    { type: 'text', text: 'half', state: 'done' },
  ]);
});

test('a turn that has brought down five producers is ended as interrupted instead of trying a sixth', async () => {
  const { clock, journal, services, policy, runner, begin, sessions, close } = await turnWorld();
  const { lease, session } = await begin('t2');
  for (let producer = 2; producer <= 5; producer++) {
    await clock.pass(LEASE_MS + 1);
    expect((await journal.claim(session.id, lease.turnId, [])).kind).toBe('claimed');
  }
  await clock.pass(LEASE_MS + 1);
  expect(await claimAbandoned(services, policy)).toBe(1);
  expect(runner.runs).toEqual([]);
  expect(await sessions().get(session.id)).toMatchObject({ turn: { state: 'ended' } });
  await close();
});
