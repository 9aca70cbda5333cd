import { McpServer, type CallToolResult } from '@modelcontextprotocol/server';
import type { Workspace } from '../workspace/workspace.ts';
import { fileCalls } from './file-calls.ts';
import { fileInputs } from './file-inputs.ts';
import { safeAnswer } from './tool-answer.ts';

/** The list is the same for every caller and changes only with a deployment. */
const LIST_CACHE = { ttlMs: 5 * 60_000, cacheScope: 'public' } as const;

const READS = { readOnlyHint: true, openWorldHint: false };

/** The file tools of one owner's workspace. What cannot be done is a result with `isError` and a sentence. */
export function filesServer(files: Workspace, onError: (error: unknown) => void): McpServer {
  const info = { name: 'edgewise-files', title: 'Files', version: '1.0.0' };
  const server = new McpServer(info, { cacheHints: { 'tools/list': LIST_CACHE } });
  const calls = fileCalls(files);
  const safely =
    <Input>(call: (input: Input) => Promise<CallToolResult>) =>
    (input: Input) =>
      safeAnswer(call(input), onError);

  server.registerTool(
    'read_file',
    {
      title: 'Read a file',
      description: 'Reads a file of the workspace, or some of its lines. A long one is cut, and says how to read on.',
      inputSchema: fileInputs.read,
      annotations: READS,
    },
    safely(calls.read),
  );
  server.registerTool(
    'write_file',
    {
      title: 'Write a file',
      description: 'Makes a file in the workspace or replaces all it holds. restore_file takes it back.',
      inputSchema: fileInputs.write,
      annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    safely(calls.write),
  );
  server.registerTool(
    'append_file',
    {
      title: 'Add to a file',
      description: 'Adds to the end of a file, and makes it when there is none.',
      inputSchema: fileInputs.append,
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    safely(calls.append),
  );
  server.registerTool(
    'list_files',
    {
      title: 'List files',
      description: 'Lists the files of the workspace by path, with size, type, version and time.',
      inputSchema: fileInputs.list,
      annotations: READS,
    },
    safely(calls.list),
  );
  server.registerTool(
    'search_files',
    {
      title: 'Search in files',
      description: 'Finds lines in the text files of the workspace, with path and line number.',
      inputSchema: fileInputs.search,
      annotations: READS,
    },
    safely(calls.search),
  );
  server.registerTool(
    'move_file',
    {
      title: 'Move a file',
      description: 'Gives a file another path. It never replaces another file.',
      inputSchema: fileInputs.move,
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    safely(calls.move),
  );
  server.registerTool(
    'delete_file',
    {
      title: 'Delete a file',
      description: 'Deletes a file. restore_file takes it back.',
      inputSchema: fileInputs.delete,
      // Not idempotent: a second call says that there is no such file.
      annotations: { destructiveHint: true, openWorldHint: false },
    },
    safely(calls.remove),
  );
  server.registerTool(
    'restore_file',
    {
      title: 'Bring a file back',
      description: 'Takes back the last change or the deletion of a file, or goes back to one of its last versions.',
      inputSchema: fileInputs.restore,
      // Not idempotent: a second call takes the first one back.
      annotations: { destructiveHint: true, openWorldHint: false },
    },
    safely(calls.restore),
  );
  return server;
}
