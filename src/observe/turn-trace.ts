export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
export type SpanKind = 'internal' | 'client';

/** A piece of work that lies in a trace, with its times in milliseconds since the epoch. */
export interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string | undefined;
  name: string;
  kind: SpanKind;
  startMs: number;
  endMs: number;
  attributes: SpanAttributes;
  /** The kind of failure; undefined where it went well. */
  error: string | undefined;
}

export interface OpenSpan {
  /** Once: what comes later changes nothing. */
  end(attributes: SpanAttributes, error?: string): void;
}

/** The spans of one turn. */
export interface TurnTrace {
  /** Whether spans may hold what people and models say. */
  readonly content: boolean;
  /** Work that the turn waits for. */
  start(name: string, kind: SpanKind, attributes: SpanAttributes): OpenSpan;
  /** Ends the turn's own span, and hands all of them on. */
  finish(attributes: SpanAttributes, error?: string): void;
}

export interface TurnTraceOptions {
  content: boolean;
  /** The `traceparent` of the request, as W3C Trace Context has it. */
  parent: string | null;
  now(): number;
  /** So many random bytes in hexadecimal. */
  randomHex(bytes: number): string;
  send(spans: readonly Span[]): void;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

export function turnTrace({ content, parent, now, randomHex, send }: TurnTraceOptions): TurnTrace {
  const [, traceId = randomHex(16), parentSpanId] = TRACEPARENT.exec(parent ?? '') ?? [];
  const turn = { traceId, spanId: randomHex(8), parentSpanId, startMs: now() };
  const spans: Span[] = [];
  return {
    content,
    start(name, kind, begun) {
      const span = { traceId, spanId: randomHex(8), parentSpanId: turn.spanId, name, kind, startMs: now() };
      let open = true;
      return {
        end(ended, error) {
          if (open) spans.push({ ...span, endMs: now(), attributes: { ...begun, ...ended }, error });
          open = false;
        },
      };
    },
    finish(attributes, error) {
      send([{ ...turn, name: 'invoke_agent edgewise', kind: 'internal', endMs: now(), attributes, error }, ...spans]);
    },
  };
}
