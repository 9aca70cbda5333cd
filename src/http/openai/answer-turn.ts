import type { UIMessageChunk } from 'ai';
import type { Viewer } from '../../turn/viewer.ts';
import type { StreamEncoder } from '../../wire/stream-encoder.ts';
import { collectTurn } from '../collect-turn.ts';
import type { AppContext } from '../context.ts';
import { encodedResponse } from '../live-response.ts';

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
  return c.json(form.whole(await collectTurn(c, run)));
}
