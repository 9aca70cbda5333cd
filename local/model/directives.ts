/**
 * How the demonstration model is told to behave: a query in the *model name*, so that nothing else of a request changes.
 *
 * | directive             | what happens                                                                          |
 * |-----------------------|---------------------------------------------------------------------------------------|
 * | `status=500`          | answers with this HTTP status and an OpenAI style error                               |
 * | `retry-after=2`       | with `status`: the header of that name, as written                                    |
 * | `hang=headers`        | never answers                                                                         |
 * | `hang=first`          | headers, then silence                                                                 |
 * | `stall=10`            | silence after 10 tokens                                                               |
 * | `cut=10`              | the socket is destroyed after 10 tokens                                               |
 * | `error=10`            | an error event after 10 tokens, then the end                                          |
 * | `truncate=10`         | a clean end after 10 tokens, without a finish reason                                  |
 * | `garbage=1`           | an event that is no JSON after 1 token, then the rest                                 |
 * | `times=1`             | only the first request with this model name has the fault; later ones are well        |
 * | `after=1`             | the first request with this model name is well; later ones have the fault             |
 * | `n=200`               | the answer is `w1 w2 … w200`, each word with a space after it                         |
 * | `reasoning=5`         | five words of reasoning (`r1 r2 …`) first; chat completions only                      |
 * | `call=NAME`           | the first step calls this tool, offered or not, `with={…}` its arguments as written   |
 * | `tps=50`              | tokens a second; 0 is as fast as the connection takes them                            |
 * | `ttft=100`            | milliseconds before the first token                                                   |
 * | `batch=4`             | events in one write                                                                   |
 *
 * Example: `demo?n=200&tps=50&cut=10`. A refused connection is a closed port, not a directive.
 */
export interface Directives {
  status: number | null;
  retryAfter: string | null;
  hang: 'headers' | 'first' | null;
  /** What goes wrong in the stream, and after how many tokens. */
  fault: { kind: StreamFault; at: number } | null;
  times: number;
  after: number;
  words: number | null;
  reasoningWords: number;
  call: { name: string; arguments: string } | null;
  tokensPerSecond: number | null;
  firstTokenMs: number;
  batch: number;
}

const STREAM_FAULTS = ['stall', 'cut', 'error', 'truncate', 'garbage'] as const;
export type StreamFault = (typeof STREAM_FAULTS)[number];

/** `model` without a query has none; numbers that cannot be read count as not given. */
export function parseDirectives(model: string): Directives {
  const start = model.indexOf('?');
  const query = new URLSearchParams(start < 0 ? '' : model.slice(start + 1));
  const number = (name: string): number | null => {
    const text = query.get(name);
    return text === null || text === '' || Number.isNaN(Number(text)) ? null : Number(text);
  };
  const kind = STREAM_FAULTS.find((name) => query.has(name));
  const hang = query.get('hang');
  const name = query.get('call');
  const tokensPerSecond = number('tps');
  return {
    status: number('status'),
    retryAfter: query.get('retry-after'),
    hang: hang === 'headers' || hang === 'first' ? hang : null,
    fault: kind ? { kind, at: number(kind) ?? 1 } : null,
    times: number('times') ?? Infinity,
    after: number('after') ?? 0,
    words: number('n'),
    reasoningWords: number('reasoning') ?? 0,
    call: name === null ? null : { name, arguments: query.get('with') ?? '{}' },
    tokensPerSecond: tokensPerSecond === 0 ? Infinity : tokensPerSecond,
    firstTokenMs: number('ttft') ?? 0,
    batch: Math.max(1, number('batch') ?? 1),
  };
}

/** The same directives for a request that is to be answered as if nothing were wrong. */
export function withoutFaults(directives: Directives): Directives {
  return { ...directives, status: null, hang: null, fault: null };
}
