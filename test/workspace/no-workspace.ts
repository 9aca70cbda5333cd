import type { Workspace } from '../../src/workspace/workspace.ts';

const refuse = () => Promise.reject(new Error('This test has no files.'));

/** For tests of other servers: whoever touches a file fails. */
export const noWorkspace: Workspace = {
  read: refuse,
  readStates: refuse,
  write: refuse,
  append: refuse,
  list: refuse,
  search: refuse,
  move: refuse,
  remove: refuse,
  removeFolder: refuse,
  past: refuse,
  restore: refuse,
};
