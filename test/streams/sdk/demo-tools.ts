import { tool } from 'ai';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export const demoTools = {
  add: tool({
    inputSchema: z.object({ a: z.number() }),
    async execute({ a }) {
      await sleep(2);
      if (a === 13) throw new Error('unlucky');
      return a + 1;
    },
  }),
  steps: tool({
    inputSchema: z.object({}),
    async *execute() {
      yield 'half';
      await sleep(2);
      yield 'whole';
    },
  }),
  slow: tool({
    inputSchema: z.object({}),
    async execute() {
      await sleep(400);
      return 'late';
    },
  }),
  ask: tool({ inputSchema: z.object({}), execute: () => 'allowed' }),
  browser: tool({ inputSchema: z.object({ a: z.number().optional() }) }),
};
