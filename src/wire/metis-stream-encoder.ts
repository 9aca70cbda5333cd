import type { JournalChunk } from '../journal/turn-journal.ts';
import { answerText } from './answer-text.ts';
import { asciiJson } from './ascii-json.ts';
import { metisCalls, type MetisFrame } from './metis-calls.ts';
import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';
import { watchEnding } from './watch-ending.ts';

/**
 * Seed 000's SSE: unnamed events, their kind in `type`, the last one `completion` or `error`. Ids let an EventSource go on by itself.
 * When one chunk takes several frames the last has the id: cut off between them, a client is shown them again rather than never.
 * A restarted step's text follows what was shown of it after a Markdown rule; a call that the abandoned try announced gets no `tool_call`.
 */
export function metisStreamEncoder(turnId: string): StreamEncoder {
  const text = answerText('');
  const calls = metisCalls();
  const end = watchEnding();
  let lastSeq = 0;

  function frames({ seq, chunk }: JournalChunk): MetisFrame[] {
    lastSeq = seq;
    end.note(chunk);
    const content = text.next(chunk);
    return content === '' ? calls.next(chunk) : [{ type: 'token', content }];
  }

  const data = (frame: MetisFrame) => `data: ${asciiJson(frame)}\n\n`;
  return {
    headers: { ...STREAM_HEADERS, 'content-type': 'text/event-stream', 'x-turn-id': turnId },
    takesBack: false,
    encode(entry) {
      const shown = frames(entry).map(data);
      const last = shown.pop();
      return last === undefined ? '' : `${shown.join('')}id: ${turnId}:${entry.seq}\n${last}`;
    },
    observe: (entry) => void frames(entry),
    end() {
      const ending = end.ending();
      // Without an id: what failed may be this connection, and the client goes on after the last chunk it has.
      if (ending.kind === 'failed') return data({ type: 'error', message: `Agent execution error: ${ending.message}` });
      return `id: ${turnId}:${lastSeq}\n${data({ type: 'completion', message: 'Response completed' })}`;
    },
    heartbeat: () => ': heartbeat\n\n',
  };
}
