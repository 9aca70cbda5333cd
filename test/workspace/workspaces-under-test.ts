import { openTestDatabase } from '../archive/database-under-test.ts';
import { neonWorkspace } from '../../src/workspace/neon.ts';
import type { FileContent, Workspace } from '../../src/workspace/workspace.ts';

/** Workspaces in one test database; without an owner, of one that has no file yet, also where this suite ran before. */
export async function openWorkspaces() {
  const { database, close } = await openTestDatabase();
  return { database, close, open: (owner = ownerName()) => neonWorkspace(database, owner) };
}

export const ownerName = () => `test ${crypto.randomUUID()}`;

export const text = (content: string) => ({
  content: { kind: 'text', text: content } as const,
  mediaType: 'text/plain',
});

export const binary = (...bytes: number[]) => ({
  content: { kind: 'bytes', bytes: Uint8Array.from(bytes) } as const,
  mediaType: 'image/png',
});

export async function contentIn(files: Workspace, path: string, version?: number): Promise<FileContent | null> {
  return (await files.read(path, version))?.content ?? null;
}
