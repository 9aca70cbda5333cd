import type { UIMessageChunk } from 'ai';
import { AppError, ERROR_STATUS, type ErrorCode } from '../../errors.ts';
import { noViewer, type Viewer } from '../../turn/viewer.ts';
import type { StreamEncoder } from '../../wire/stream-encoder.ts';
import { watchFailure } from '../../wire/watch-failure.ts';
import type { AppContext } from '../context.ts';
import { clientLeft, encodedResponse } from '../live-response.ts';

export interface AnswerForm {
  encoder(): StreamEncoder;
  /** The whole answer's body. */
  whole(chunks: readonly UIMessageChunk[]): object;
}

/** Answers with a turn that has been admitted, as it is made or whole. It belongs to `waitUntil` from here on. */
export async function answerTurn(
  c: AppContext,
  streamed: boolean,
  form: AnswerForm,
  run: (viewer: Viewer) => Promise<unknown>,
): Promise<Response> {
  const { waitUntil } = c.get('services');
  if (streamed) {
    const { response, viewer } = encodedResponse(c, form.encoder());
    waitUntil(run(viewer));
    return response;
  }
  const chunks: UIMessageChunk[] = [];
  const running = run(collectingViewer(c, chunks));
  waitUntil(running);
  await running;
  const failure = watchFailure();
  for (const chunk of chunks) failure.note(chunk);
  const failed = failure.failure();
  if (failed) throw new AppError(isCode(failed.code) ? failed.code : 'internal_error', failed.message);
  return c.json(form.whole(chunks));
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
