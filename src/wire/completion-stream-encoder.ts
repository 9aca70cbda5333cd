import type { JournalChunk } from '../journal/turn-journal.ts';
import { completionDeltas } from './completion-deltas.ts';
import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';
import { watchFailure } from './watch-failure.ts';

export interface CompletionTurn {
  turnId: string;
  /** Milliseconds since the epoch. */
  now: number;
  /** What `model` says; the one that answered is not known before the end. */
  model?: string;
  functions?: ReadonlySet<string>;
  includeUsage?: boolean;
}

const NO_FUNCTIONS: ReadonlySet<string> = new Set();

/**
 * OpenAI's chat completion chunks. The ids of the events are ours, and clients of OpenAI skip them: they let a reader go on where it was.
 * A restarted step's text follows what was shown of it after a Markdown rule.
 */
export function completionStreamEncoder(turn: CompletionTurn): StreamEncoder {
  const { turnId, now, model = 'edgewise', functions = NO_FUNCTIONS, includeUsage = false } = turn;
  const deltas = completionDeltas(functions);
  const failure = watchFailure();
  let opened = false;

  const head = { id: `chatcmpl-${turnId}`, object: 'chat.completion.chunk', created: Math.floor(now / 1000), model };
  const event = (body: object) => `data: ${JSON.stringify(body)}\n\n`;
  const choice = (delta: object, finishReason: string | null = null) =>
    event({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });

  function next({ chunk }: JournalChunk) {
    failure.note(chunk);
    return deltas.next(chunk);
  }

  return {
    headers: { ...STREAM_HEADERS, 'content-type': 'text/event-stream', 'x-turn-id': turnId },
    takesBack: false,
    encode(entry) {
      const delta = next(entry);
      const role = opened ? {} : { role: 'assistant' };
      if (!delta) {
        if (opened || entry.chunk.type !== 'start-step') return '';
        opened = true;
        return choice({ ...role, content: '' });
      }
      opened = true;
      return `id: ${turnId}:${entry.seq}\n${choice({ ...role, ...delta })}`;
    },
    observe(entry) {
      opened = true;
      next(entry);
    },
    end() {
      const failed = failure.failure();
      if (failed) {
        return event({ error: { message: failed.message, type: 'server_error', param: null, code: failed.code } });
      }
      const usage = includeUsage ? event({ ...head, choices: [], usage: deltas.usage() }) : '';
      return `${choice({}, deltas.finishReason())}${usage}data: [DONE]\n\n`;
    },
    heartbeat: () => ': heartbeat\n\n',
  };
}
