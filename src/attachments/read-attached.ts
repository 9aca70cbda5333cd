import type { Workspace } from '../workspace/workspace.ts';
import { READ_MAX_BYTES } from './attachment-limits.ts';
import type { AttachedFile, ReadAttached } from './attached-file.ts';

/** Reads from the workspace as the chat sees it. */
export function readAttached(files: Workspace): ReadAttached {
  return async (references) => {
    const states = await files.readStates(
      references.map(({ version }) => version ?? 0),
      READ_MAX_BYTES,
    );
    return states.map((state): AttachedFile => {
      if (!state) return { kind: 'gone' };
      const { path, mediaType, content } = state;
      return content ? { kind: 'file', path, mediaType, content } : { kind: 'crowded-out', path };
    });
  };
}
