import { answerText } from './answer-text.ts';
import { chatbotCells } from './chatbot-cells.ts';
import { chatbotLine } from './chatbot-line.ts';
import { cutFragments } from './cut-fragments.ts';
import { STREAM_HEADERS, type StreamEncoder } from './stream-encoder.ts';
import { watchEnding, type TurnEnding } from './watch-ending.ts';

export interface ChatbotThread {
  sessionId: string;
  turnId: string;
}

/**
 * Seed 004's variants, one JSON object on each line. The first line is always the ServerHint that names the thread, the last always
 * StreamEnd: its clients show an answer for good only when another variant follows. A restarted step's text follows what was shown of it
 * after a Markdown rule; code that the abandoned try began to type is closed with an empty CodeOutput.
 */
export function chatbotStreamEncoder({ sessionId, turnId }: ChatbotThread): StreamEncoder {
  const hint = chatbotLine('ServerHint', { thread_id: sessionId });
  const text = answerText('');
  const cells = chatbotCells(hint);
  const end = watchEnding();
  let opened = false;

  function opening(): string {
    const line = opened ? '' : hint;
    opened = true;
    return line;
  }

  return {
    headers: { ...STREAM_HEADERS, 'content-type': 'application/x-ndjson', 'x-turn-id': turnId },
    takesBack: false,
    encode({ chunk }) {
      end.note(chunk);
      const fragments = cutFragments(text.next(chunk));
      const lines = fragments.map((fragment) => chatbotLine('Assistant', fragment)).join('');
      return opening() + lines + cells.next(chunk, true);
    },
    observe({ chunk }) {
      end.note(chunk);
      text.next(chunk);
      cells.next(chunk, false);
    },
    end: () => opening() + cells.close() + lastLines(end.ending()),
    heartbeat: () => `${opening()}\n`,
  };
}

function lastLines(ending: TurnEnding): string {
  switch (ending.kind) {
    case 'complete':
      return chatbotLine('StreamEnd', 'Stream ended.');
    case 'stopped':
      return chatbotLine('StreamEnd', 'Stream is stopped by user.');
    case 'failed':
      return chatbotLine('ServerError', ending.message) + chatbotLine('StreamEnd', 'Stream ended with an error.');
  }
  return ending satisfies never;
}
