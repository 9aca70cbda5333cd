import { AppError } from '../errors.ts';

/** A folder of the owner's files, and the paths by which it is seen. Both are '' or end in a slash, and are plain ASCII. */
export interface ViewPart {
  root: string;
  shownAs: string;
  /** What is below this folder of the part is not seen in it. */
  hides: string | null;
}

/** Which of an owner's files are seen, and under which paths. The last part that fits a path is the one that has it. */
export type WorkspaceView = readonly [ViewPart, ...ViewPart[]];

/** The folders of chats are in here, each named by the session's id. */
const CHATS = 'sessions/';
/** Under this name a chat sees what its owner's chats share. */
const SHARED = 'shared/';

/** Everything, as it is stored. */
export const WHOLE_WORKSPACE: WorkspaceView = [{ root: '', shownAs: '', hides: null }];

/** Where the files of a chat are stored, with a slash at its end. */
export function chatFolder(sessionId: string): string {
  return `${CHATS}${sessionId}/`;
}

/** What a chat sees: its own folder, and below `shared/` what belongs to no chat. */
export function chatView(sessionId: string): WorkspaceView {
  return [
    { root: chatFolder(sessionId), shownAs: '', hides: SHARED },
    { root: '', shownAs: SHARED, hides: CHATS },
  ];
}

/** Where a path of the view is stored. Throws AppError `invalid_path` for one that would be hidden there. */
export function storedPath(view: WorkspaceView, path: string): string {
  const { root, shownAs, hides } = view.findLast((part) => path.startsWith(part.shownAs)) ?? view[0];
  const rest = path.slice(shownAs.length);
  if (hides !== null && rest.startsWith(hides)) {
    throw new AppError('invalid_path', `The path must not be below \`${shownAs}${hides}\`, where other files are.`);
  }
  return root + rest;
}

/** By which path of the view a stored path is seen. */
export function shownPath(view: WorkspaceView, path: string): string {
  const fits = ({ root, hides }: ViewPart) =>
    path.startsWith(root) && (hides === null || !path.startsWith(root + hides));
  const { root, shownAs } = view.find(fits) ?? view[0];
  return shownAs + path.slice(root.length);
}
