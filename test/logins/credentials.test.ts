import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/archive/neon-database.ts';
import { sealedCredentials } from '../../src/logins/credentials.ts';
import { neonCredentials } from '../../src/logins/neon.ts';
import { webCryptoSeal } from '../../src/seal/web-crypto.ts';
import { openTestDatabase } from '../archive/database-under-test.ts';
import { memoryLoginMemory } from './memory-login-memory.ts';

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => ({ database, close } = await openTestDatabase()), 60_000);
afterAll(() => close());

const sealingKey = randomBytes(32).toString('base64');
const newKey = () => `oauth:anonymous:${randomUUID()}:far:0`;

function isolate(memory = memoryLoginMemory(), keys = [sealingKey]) {
  const store = neonCredentials(database);
  return sealedCredentials({ store, memory, seal: webCryptoSeal(keys), newId: () => randomUUID() });
}

test('a credential is read by every isolate, with a copy and without', async () => {
  const memory = memoryLoginMemory();
  const key = newKey();
  expect(await isolate(memory).get(key)).toBeNull();
  await isolate(memory).put(key, 'owner', 'a token');
  expect(await isolate(memory).get(key)).toMatchObject({ text: 'a token' });
  memory.copies.clear();
  expect(await isolate(memory).get(key)).toMatchObject({ text: 'a token' });
  expect(memory.copies.size).toBe(1);
  expect(await isolate(memory).has([newKey(), key])).toEqual([false, true]);
});

test('neither the database nor Redis sees it, and it is no use in another row', async () => {
  const memory = memoryLoginMemory();
  const [mine, other] = [newKey(), newKey()];
  await isolate(memory).put(mine, 'owner', 'a very secret token');
  const { rows } = await database.execute(sql`select * from mcp_credentials where key = ${mine}`);
  expect(rows).toHaveLength(1);
  expect(JSON.stringify([rows, [...memory.copies]])).not.toContain('secret');
  await database.execute(
    sql`insert into mcp_credentials select ${other}, owner, sealed, version from mcp_credentials where key = ${mine}`,
  );
  expect(await isolate().get(other)).toBeNull();
});

test('only who has read the present version changes or removes it', async () => {
  const credentials = isolate();
  const key = newKey();
  await credentials.put(key, 'owner', 'one');
  const old = await credentials.get(key);
  expect(await credentials.put(key, 'owner', 'two', old?.version)).toBe(true);
  expect(await credentials.put(key, 'owner', 'three', old?.version)).toBe(false);
  expect(await credentials.remove(key, old?.version)).toBe(false);
  expect(await credentials.get(key)).toMatchObject({ text: 'two' });
  expect(await credentials.remove(key)).toBe(true);
  expect(await credentials.get(key)).toBeNull();
});

test('a new sealing key in front still opens what the old one sealed; without the old one it counts as not there', async () => {
  const key = newKey();
  await isolate().put(key, 'owner', 'a token');
  const fresh = randomBytes(32).toString('base64');
  expect(await isolate(memoryLoginMemory(), [fresh, sealingKey]).get(key)).toMatchObject({ text: 'a token' });
  expect(await isolate(memoryLoginMemory(), [fresh]).get(key)).toBeNull();
});
