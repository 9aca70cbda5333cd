import type { FileContent } from '../workspace/workspace.ts';
import type { FileReference } from './file-reference.ts';

/** What has become of a file that a message refers to. `path`: by which the tools of the chat find it. */
export type AttachedFile =
  | { kind: 'file'; path: string; mediaType: string; content: FileContent }
  /** Newer ones have taken all the room. */
  | { kind: 'crowded-out'; path: string }
  | { kind: 'gone' };

/** One answer for each reference. What comes first has the first claim to the room that there is. */
export type ReadAttached = (references: readonly FileReference[]) => Promise<AttachedFile[]>;
