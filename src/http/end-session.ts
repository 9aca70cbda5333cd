import { chatSession } from '../code/code-fields.ts';
import { callerOf, type Caller } from '../auth/caller.ts';
import { chatFolder } from '../workspace/workspace-view.ts';
import type { AppContext } from './context.ts';

/**
 * Deletes a session of the caller with all that belongs to it: memory, archive, what it has at tool servers, and its folder of files, which
 * stays where deleted sessions are kept. False when there is none.
 */
export async function endSession(c: AppContext, id: string, caller: Caller = c.get('caller')): Promise<boolean> {
  const { sessions, tools, files, code, env, log, waitUntil } = c.get('services');
  const mine = sessions(caller);
  const found = await mine.get(id);
  if (!found || !(await mine.remove(id))) return false;
  // A server that is not told lets its session lapse.
  waitUntil(tools.endSessions(caller, id).catch(() => {}));
  // Who holds the id of an anonymous session need not be its owner, whose files they are.
  const owner = callerOf(found.session.owner);
  await code?.(owner)
    .forget(chatSession(id))
    .catch((cause: unknown) => log('warn', 'session_code_left', { session_id: id }, cause));
  if (files && env.HISTORY_ON_DELETE !== 'keep') {
    const folder = chatFolder(id).slice(0, -1);
    await files(owner)
      .removeFolder(folder)
      .catch((cause: unknown) => log('warn', 'session_files_left', { session_id: id }, cause));
  }
  return true;
}
