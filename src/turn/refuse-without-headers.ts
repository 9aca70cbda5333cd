import { callerOf } from '../auth/caller.ts';
import { AppError } from '../errors.ts';
import type { BeginResult } from '../journal/turn-journal.ts';
import type { StartServices } from './start-turn.ts';
import type { TurnRequest } from './turn-request.ts';

/**
 * A turn that is to use a server which cannot be asked without a header of the request is undone, when that header is not there. Throws
 * AppError `header_required`. A server that nobody chose is only left out.
 */
export async function refuseWithoutHeaders(
  { journal, tools }: Pick<StartServices, 'journal' | 'tools'>,
  { owner, idempotencyKey }: Pick<TurnRequest, 'owner' | 'idempotencyKey'>,
  result: BeginResult,
): Promise<void> {
  if (result.kind !== 'begun') return;
  const chosen = result.options.serverNames ?? result.session.mcpServers;
  const sentence = chosen ? tools.missingHeaders(callerOf(owner), chosen) : null;
  if (sentence === null) return;
  await journal.cancel(result, idempotencyKey);
  throw new AppError('header_required', sentence);
}
