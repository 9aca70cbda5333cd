import { createMcpHandler, type McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../auth/caller.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { TaskStore } from '../tasks/task-store.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { catalogueServer } from './catalogue-server.ts';
import { filesServer } from './files-server.ts';
import { tasksServer } from './tasks-server.ts';

export interface McpContext {
  caller: Caller;
  /** The caller's own tasks. */
  tasks: TaskStore;
  /** The caller's own files. */
  files: Workspace;
  /** The caller's own products. */
  catalogue: Catalogue;
  /** Told what went wrong inside a tool: its caller only gets a safe sentence. */
  onError?(error: unknown): void;
}

const SERVERS = new Map<string, (context: McpContext) => McpServer>([
  ['tasks', ({ tasks, onError }) => tasksServer(tasks, onError ?? (() => {}))],
  ['files', ({ files, onError }) => filesServer(files, onError ?? (() => {}))],
  ['catalogue', ({ catalogue, onError }) => catalogueServer(catalogue, onError ?? (() => {}))],
]);

/** The names that `serveMcp` knows. */
export const BUILT_IN_SERVERS: readonly string[] = [...SERVERS.keys()];

/**
 * Answers one request over streamable HTTP, without a session, in both eras of the protocol (2025 with `initialize`, 2026-07-28 without).
 * Null when there is no server of that name. Host, Origin, authentication and limits are the HTTP layer's.
 */
export async function serveMcp(name: string, request: Request, context: McpContext): Promise<Response | null> {
  const build = SERVERS.get(name);
  return build ? createMcpHandler(() => build(context), { legacy: 'stateless' }).fetch(request) : null;
}
