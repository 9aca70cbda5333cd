import type { McpServer } from '@modelcontextprotocol/server';
import type { Caller } from '../auth/caller.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Knowledge } from '../knowledge/open-knowledge.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CodeInterpreter } from '../code/code-interpreter.ts';
import { answerMcp } from './answer-mcp.ts';
import { catalogueServer } from './catalogue-server.ts';
import { codeServer } from './code-server.ts';
import { filesServer } from './files-server.ts';
import { knowledgeServer } from './knowledge-server.ts';
import { tasksServer, type TasksOf } from './tasks-server.ts';

export interface McpContext {
  caller: Caller;
  tasks: TasksOf;
  /** The caller's own files. */
  files: Workspace;
  /** The caller's own products. */
  catalogue: Catalogue;
  /** The caller's own documents, and the shared ones to read. */
  knowledge: Knowledge;
  /** Runs code as the caller. */
  code: CodeInterpreter;
  /** The chat session whose turn asks; null for a request from outside. */
  chat: string | null;
  /** Told what went wrong inside a tool: its caller only gets a safe sentence. */
  onError?(error: unknown): void;
}

const SERVERS = new Map<string, (context: McpContext) => McpServer>([
  ['tasks', ({ tasks, onError }) => tasksServer(tasks, onError ?? (() => {}))],
  ['files', ({ files, onError }) => filesServer(files, onError ?? (() => {}))],
  ['catalogue', ({ catalogue, onError }) => catalogueServer(catalogue, onError ?? (() => {}))],
  ['knowledge', ({ knowledge, onError }) => knowledgeServer(knowledge, onError ?? (() => {}))],
  ['code', ({ code, chat, onError }) => codeServer(code, chat, onError ?? (() => {}))],
]);

/** The names that `serveMcp` knows. */
export const BUILT_IN_SERVERS: readonly string[] = [...SERVERS.keys()];

/** Answers one request to the built-in server of that name, as `answerMcp` does; null when there is none. */
export async function serveMcp(name: string, request: Request, context: McpContext): Promise<Response | null> {
  const build = SERVERS.get(name);
  return build ? answerMcp(request, () => build(context)) : null;
}
