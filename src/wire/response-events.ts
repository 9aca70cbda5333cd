import type { UIMessageChunk } from 'ai';
import { completionDeltas, type CompletionCall } from './completion-deltas.ts';
import { watchFailure } from './watch-failure.ts';

export interface ResponseTurn {
  /** The id that the response goes by. */
  responseId: string;
  turnId: string;
  /** Milliseconds since the epoch. */
  now: number;
  model: string;
  functions: ReadonlySet<string>;
  instructions: string | null;
  metadata: Record<string, unknown>;
}

type Item = Record<string, unknown> & { id: string; type: string };
export type ResponseEvent = { type: string; sequence_number: number; response?: Record<string, unknown> } & Record<
  string,
  unknown
>;

export interface ResponseEvents {
  next(chunk: UIMessageChunk): ResponseEvent[];
  /** What closes the stream; the last event holds the whole response. */
  end(): ResponseEvent[];
}

/** A turn in the words of OpenAI's responses: one message, then the calls of the client's own functions. */
export function responseEvents(turn: ResponseTurn): ResponseEvents {
  const deltas = completionDeltas(turn.functions);
  const failure = watchFailure();
  const done: Item[] = [];
  let text: string | null = null;
  let sequence = 0;
  let opened = false;

  const event = (type: string, fields: Record<string, unknown>): ResponseEvent => ({
    type,
    sequence_number: sequence++,
    ...fields,
  });
  const messageId = `msg_${turn.turnId}`;
  const part = (said: string) => ({ type: 'output_text', text: said, annotations: [], logprobs: [] });
  const message = (status: string, content: unknown[]): Item => {
    return { id: messageId, type: 'message', role: 'assistant', status, content };
  };
  const place = () => ({ item_id: messageId, output_index: done.length, content_index: 0 });

  function open(): ResponseEvent[] {
    if (opened) return [];
    opened = true;
    const response = body('in_progress', {});
    return [event('response.created', { response }), event('response.in_progress', { response })];
  }

  function say(delta: string): ResponseEvent[] {
    const begun =
      text === null
        ? [
            event('response.output_item.added', { output_index: done.length, item: message('in_progress', []) }),
            event('response.content_part.added', { ...place(), part: part('') }),
          ]
        : [];
    text = (text ?? '') + delta;
    return [...begun, event('response.output_text.delta', { ...place(), delta, logprobs: [] })];
  }

  function closeText(): ResponseEvent[] {
    if (text === null) return [];
    const said = part(text);
    const item = message('completed', [said]);
    const events = [
      event('response.output_text.done', { ...place(), text, logprobs: [] }),
      event('response.content_part.done', { ...place(), part: said }),
      event('response.output_item.done', { output_index: done.length, item }),
    ];
    text = null;
    done.push(item);
    return events;
  }

  function call({ id, function: { name, arguments: json } }: CompletionCall): ResponseEvent[] {
    const item = { id: `fc_${id}`, type: 'function_call', call_id: id, name, arguments: json, status: 'completed' };
    const at = { item_id: item.id, output_index: done.length };
    const events = [
      event('response.output_item.added', {
        output_index: done.length,
        item: { ...item, arguments: '', status: 'in_progress' },
      }),
      event('response.function_call_arguments.delta', { ...at, delta: json }),
      event('response.function_call_arguments.done', { ...at, name, arguments: json }),
      event('response.output_item.done', { output_index: done.length, item }),
    ];
    done.push(item);
    return events;
  }

  function body(status: string, more: Record<string, unknown>): Record<string, unknown> {
    const { responseId, now, model, instructions, metadata } = turn;
    return {
      id: responseId,
      object: 'response',
      created_at: Math.floor(now / 1000),
      status,
      model: deltas.model() ?? model,
      instructions,
      metadata,
      output: [...done],
      parallel_tool_calls: true,
      error: null,
      incomplete_details: null,
      usage: null,
      ...more,
    };
  }

  function usage() {
    const used = deltas.usage();
    if (!used) return null;
    return {
      input_tokens: used.prompt_tokens,
      input_tokens_details: used.prompt_tokens_details,
      output_tokens: used.completion_tokens,
      output_tokens_details: used.completion_tokens_details,
      total_tokens: used.total_tokens,
    };
  }

  return {
    next(chunk) {
      failure.note(chunk);
      const delta = deltas.next(chunk);
      if (delta?.content !== undefined) return [...open(), ...say(delta.content)];
      if (delta?.tool_calls) return [...open(), ...closeText(), ...delta.tool_calls.flatMap(call)];
      return chunk.type === 'start-step' ? open() : [];
    },
    end() {
      const closing = [...open(), ...closeText()];
      const failed = failure.failure();
      if (failed) {
        const error = { code: failed.code ?? 'server_error', message: failed.message };
        return [...closing, event('response.failed', { response: body('failed', { error, usage: usage() }) })];
      }
      const reason = REASONS[deltas.finishReason()];
      const status = reason ? 'incomplete' : 'completed';
      const told = { usage: usage(), ...(reason && { incomplete_details: { reason } }) };
      return [...closing, event(`response.${status}`, { response: body(status, told) })];
    },
  };
}

/** Why an answer is not complete, by chat completions' word for it. */
const REASONS: Partial<Record<string, string>> = { length: 'max_output_tokens', content_filter: 'content_filter' };
