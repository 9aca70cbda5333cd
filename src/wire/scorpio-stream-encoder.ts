import type { JournalChunk } from '../journal/turn-journal.ts';
import { answerText } from './answer-text.ts';
import { asciiJson } from './ascii-json.ts';
import { scorpioResults, type ScorpioFrame } from './scorpio-results.ts';
import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';
import { watchEnding, type TurnEnding } from './watch-ending.ts';

/**
 * Seed 003's SSE: unnamed events `{type, data}`, then `done` or `error`, and `[DONE]` at the very end of either. Calls are not shown, their
 * results are. A restarted step's text follows what was shown of it after a Markdown rule.
 */
export function scorpioStreamEncoder(turnId: string): StreamEncoder {
  const text = answerText('');
  const results = scorpioResults();
  const end = watchEnding();

  function frame({ chunk }: JournalChunk): ScorpioFrame | null {
    end.note(chunk);
    const data = text.next(chunk);
    return data === '' ? results.next(chunk) : { type: 'token', data };
  }

  const line = (shown: ScorpioFrame) => `data: ${asciiJson(shown)}\n\n`;
  return {
    headers: { ...STREAM_HEADERS, 'content-type': 'text/event-stream', 'x-turn-id': turnId },
    takesBack: false,
    encode(entry) {
      const shown = frame(entry);
      return shown ? `id: ${turnId}:${entry.seq}\n${line(shown)}` : '';
    },
    observe: (entry) => void frame(entry),
    end: () => `${line(lastFrame(end.ending()))}data: [DONE]\n\n`,
    heartbeat: () => ': ping\n\n',
  };
}

function lastFrame(ending: TurnEnding): ScorpioFrame {
  if (ending.kind === 'failed') return { type: 'error', data: ending.message };
  return { type: 'done', data: ending.kind === 'stopped' ? 'stopped' : 'stop' };
}
