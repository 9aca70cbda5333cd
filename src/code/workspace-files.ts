import { bytesOf, contentOf, guessMediaType } from '../workspace/file-content.ts';
import { normalisePath, normalisePrefix } from '../workspace/normalise-path.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CodeFiles } from './code-runner.ts';

const LISTED_MAX = 1000;

/** A workspace as code sees it, with the workspace's own rules and quotas. */
export function workspaceFiles(files: Workspace): CodeFiles {
  const change = (path: string, bytes: Uint8Array) => {
    const content = contentOf(bytes);
    return { content, mediaType: guessMediaType(path, content) };
  };

  return {
    async read(path) {
      const file = await files.read(normalisePath(path));
      return file && bytesOf(file.content);
    },
    async write(path, bytes) {
      const normal = normalisePath(path);
      await files.write(normal, change(normal, bytes));
    },
    async append(path, bytes) {
      const normal = normalisePath(path);
      await files.append(normal, change(normal, bytes));
    },
    async list(prefix) {
      const found = await files.list({
        prefix: normalisePrefix(prefix),
        pattern: null,
        limit: LISTED_MAX,
        after: null,
      });
      return found.map(({ path, sizeBytes }) => ({ path, size: sizeBytes }));
    },
    remove: async (path) => (await files.remove(normalisePath(path))) !== null,
  };
}
