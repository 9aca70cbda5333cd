import { expect, test } from 'vitest';
import type { LoginMemory } from '../../src/logins/login-memory.ts';
import { upstashLoginMemory } from '../../src/logins/upstash.ts';
import { redisKeys } from '../../src/redis/keys.ts';
import { describeRedis } from '../contracts/redis-engines.ts';
import { memoryLoginMemory } from './memory-login-memory.ts';

/** What the fake and the real one promise alike. */
function contract(open: () => LoginMemory) {
  test('a flow can be taken once', async () => {
    const memory = open();
    await memory.keepFlow('state-1', 'the flow');
    const [one, two] = await Promise.all([memory.takeFlow('state-1'), memory.takeFlow('state-1')]);
    expect(new Set([one, two])).toEqual(new Set(['the flow', null]));
    expect(await memory.takeFlow('state-2')).toBeNull();
  });

  test('a copy is filled in only where nothing is, and a renewed one does not bring back what was removed', async () => {
    const memory = open();
    expect(await memory.readCopy('a')).toBeNull();
    await memory.writeCopy('a', 'first', 'fill');
    await memory.writeCopy('a', 'second', 'fill');
    expect(await memory.readCopy('a')).toBe('first');
    await memory.writeCopy('a', 'third', 'renewed');
    expect(await memory.readCopy('a')).toBe('third');
    await memory.writeCopy('a', '', 'put');
    await memory.writeCopy('a', 'fourth', 'renewed');
    await memory.writeCopy('a', 'fifth', 'fill');
    expect(await memory.readCopy('a')).toBe('');
    await memory.writeCopy('a', 'sixth', 'put');
    expect(await memory.readCopy('a')).toBe('sixth');
  });

  test('one at a time renews, and after a failure nobody for a while', async () => {
    const memory = open();
    const held = await Promise.all(['one', 'two', 'three'].map((holder) => memory.lockRenewal('b', holder)));
    expect(held.sort()).toEqual(['busy', 'busy', 'held']);
    await memory.endRenewal('b', 'nobody', 'done');
    expect(await memory.lockRenewal('b', 'four')).toBe('busy');
  });

  test('an ended renewal can be held again, a failed one cannot', async () => {
    const memory = open();
    expect(await memory.lockRenewal('c', 'one')).toBe('held');
    await memory.endRenewal('c', 'one', 'done');
    expect(await memory.lockRenewal('c', 'two')).toBe('held');
    await memory.endRenewal('c', 'two', 'failed');
    expect(await memory.lockRenewal('c', 'three')).toBe('failed');
  });
}

describeRedis('login memory on Upstash', ({ redis, key }) => {
  contract(() => upstashLoginMemory({ redis: redis(), keys: redisKeys(key(crypto.randomUUID())) }));
});

contract(() => memoryLoginMemory());
