import { createRedisCommandExecutor, createVirtualConnection, RedisServerState } from 'js-redis-server/core';
import type { RedisEngine } from './redis-engine.ts';

/** An empty Redis inside this process. Its own TCP listener is never used: it would listen on every interface. */
export function createMemoryEngine(): RedisEngine {
  const state = new RedisServerState({ databaseCount: 1 });
  const executor = createRedisCommandExecutor();
  return {
    name: 'in memory',
    roundsLuaNumbers: true,
    connect: () => ({ socket: createVirtualConnection({ state, executor }).clientSocket, greeting: [] }),
    close: () => state.close(),
  };
}
