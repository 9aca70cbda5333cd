import { expect, test } from 'vitest';
import type { Caller } from '../../src/auth/caller.ts';
import { serveMcp } from '../../src/mcp/serve-mcp.ts';
import { mcpServers } from '../../src/tools/mcp-servers.ts';
import { memoryTaskStore } from '../mcp/memory-task-store.ts';
import { noCatalogue } from '../catalogue/no-catalogue.ts';
import { noKnowledge } from '../knowledge/no-knowledge.ts';
import { noCode } from '../code/no-code.ts';
import { noWorkspace } from '../workspace/no-workspace.ts';
import { hubUnderTest, run } from './hub-under-test.ts';

function builtInHub() {
  const requests: string[] = [];
  const stores = new Map<string, ReturnType<typeof memoryTaskStore>>();
  const storeOf = (owner: string) => stores.get(owner) ?? stores.set(owner, memoryTaskStore()).get(owner);
  const hub = hubUnderTest(mcpServers(undefined, {}, ['tasks']), {
    fetch: () => Promise.reject(new Error('A built-in server must not be looked for in the network.')),
    builtInFetch(caller, name) {
      const tasks = storeOf(caller.owner);
      if (!tasks) throw new Error('There is no store.');
      return async (url, init) => {
        requests.push(new Headers(init?.headers).get('mcp-method') ?? '');
        return (
          (await serveMcp(name, new Request(url, init), {
            caller,
            tasks: () => tasks,
            files: noWorkspace,
            catalogue: noCatalogue,
            knowledge: noKnowledge,
            code: noCode,
            chat: null,
          })) ?? new Response(null, { status: 404 })
        );
      };
    },
  });
  return { hub, requests };
}

const caller = (owner: string): Caller => ({ kind: 'anonymous', owner });

test('built-in tools have plain names, no network, and one catalogue for all callers', async () => {
  const { hub, requests } = builtInHub();
  const { tools, unavailable } = await hub.turn({ caller: caller('a') });
  expect(unavailable).toEqual([]);
  expect(Object.keys(tools)).toEqual(['add_task', 'complete_task', 'delete_task', 'list_tasks', 'update_task']);
  expect(requests).toEqual(['server/discover', 'tools/list']);

  requests.length = 0;
  const other = await hub.turn({ caller: caller('b') });
  expect(Object.keys(other.tools)).toEqual(Object.keys(tools));
  expect(requests).toEqual([]);
  expect(['list_tasks', 'complete_task', 'delete_task', 'add_task'].map(other.isRepeatable)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test('a call is made as the caller of the turn', async () => {
  const { hub, requests } = builtInHub();
  const mine = await hub.turn({ caller: caller('me') });
  expect(await run(mine.tools, 'add_task', { title: 'Mine', user_id: 'you' })).toMatchObject({
    structuredContent: { status: 'created', task_id: 1 },
  });
  const yours = await hub.turn({ caller: caller('you') });
  requests.length = 0;
  expect(await run(yours.tools, 'list_tasks')).toMatchObject({ structuredContent: { tasks: [] } });
  expect(requests).toEqual(['tools/call']);
  expect(await run(mine.tools, 'list_tasks')).toMatchObject({ structuredContent: { tasks: [{ title: 'Mine' }] } });
});

test('a model is told what was wrong with its input', async () => {
  const { hub } = builtInHub();
  const { tools } = await hub.turn();
  const output = await run(tools, 'complete_task', { task_id: 'first' });
  expect(output).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('task_id') }] });
  const seen = tools['complete_task']?.toModelOutput?.({ toolCallId: 'call-1', input: {}, output });
  expect(await seen).toMatchObject({ type: 'error-text', value: expect.stringContaining('task_id') });
});
