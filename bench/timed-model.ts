import { createServer, ServerResponse, type IncomingMessage } from 'node:http';
import { closeServer } from '../local/close-server.ts';
import { listen } from '../local/listen.ts';
import { createModelFront } from '../local/model/model-front.ts';
import { parseChatRequest } from '../local/model/parse-chat-request.ts';
import type { RequestRecord } from '../local/model/request-log.ts';

/** When one answer left the provider, by performance.now(). */
export interface SentTimes {
  /** One for each word. */
  words: number[];
  /** The last byte so far. */
  last: number;
}

export interface TimedModel {
  /** The base URL for an OpenAI client. */
  url: string;
  /** Hands out, once, the times of the answer to the user's message `question`. */
  takeTimes(question: string): SentTimes | undefined;
  close(): Promise<void>;
}

/** The demonstration model, with a note of when each word was written to the connection. */
export async function startTimedModel(): Promise<TimedModel> {
  const requests: RequestRecord[] = [];
  const answers = new Map<string, SentTimes>();

  class TimedResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
    readonly #times: SentTimes = { words: [], last: 0 };

    override flushHeaders(): void {
      // The front notes a request and sends the head in one tick: the newest record is the one that this answers.
      const record = requests.pop();
      if (record) answers.set(questionOf(record), this.#times);
      super.flushHeaders();
    }

    override write(chunk: unknown, ...rest: [BufferEncoding?, Written?] | [Written?]): boolean {
      const now = performance.now();
      const words = String(chunk).match(/"content":"w\d+ "/g)?.length ?? 0;
      for (let word = 0; word < words; word += 1) this.#times.words.push(now);
      this.#times.last = now;
      const [first, second] = rest;
      return typeof first === 'string' ? super.write(chunk, first, second) : super.write(chunk, first ?? second);
    }
  }

  const server = createServer({ ServerResponse: TimedResponse }, createModelFront(requests, Infinity));
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'The timed model');
  return {
    url: `http://127.0.0.1:${port}/v1`,
    takeTimes(question) {
      const times = answers.get(question);
      answers.delete(question);
      return times;
    },
    close: () => closeServer(server),
  };
}

type Written = (error: Error | null | undefined) => void;

function questionOf({ body }: RequestRecord): string {
  return parseChatRequest(body).messages.findLast(({ role }) => role === 'user')?.text ?? '';
}
