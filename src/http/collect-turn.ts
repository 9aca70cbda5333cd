import type { UIMessageChunk } from 'ai';
import { AppError, ERROR_STATUS, type ErrorCode } from '../errors.ts';
import { noViewer, type Viewer } from '../turn/viewer.ts';
import { watchFailure } from '../wire/watch-failure.ts';
import type { AppContext } from './context.ts';
import { clientLeft } from './live-response.ts';

/** Every chunk of a turn, once it has ended, for a door that answers whole. Throws the turn's failure as the request's own. */
export async function collectTurn(
  c: AppContext,
  run: (viewer: Viewer) => Promise<unknown>,
): Promise<readonly UIMessageChunk[]> {
  const chunks: UIMessageChunk[] = [];
  const running = run(collectingViewer(c, chunks));
  c.get('services').waitUntil(running);
  await running;
  const failure = watchFailure();
  for (const chunk of chunks) failure.note(chunk);
  const failed = failure.failure();
  if (failed) throw new AppError(isCode(failed.code) ? failed.code : 'internal_error', failed.message);
  return chunks;
}

function collectingViewer(c: AppContext, chunks: UIMessageChunk[]): Viewer {
  return {
    ...noViewer(clientLeft(c)),
    write: ({ chunk }) => void chunks.push(chunk),
    async replay(entries) {
      chunks.push(...entries.map(({ chunk }) => chunk));
    },
  };
}

function isCode(code: string | null): code is ErrorCode {
  return code !== null && Object.hasOwn(ERROR_STATUS, code);
}
