import { parseErrorBody, Refusal } from './refusal.ts';

/** What one request to the chat endpoint was for, and how far it came. */
export interface ChatRequest {
  purpose: 'send' | 'resume';
  /** True from the moment the server answered with a success: it has the message, whatever happens to the stream. */
  accepted: boolean;
  requestId: string | null;
}

export type FailureAction = 'send-again' | 'stop-and-send' | 'ask-again' | 'reconnect';

export interface Failure {
  sentence: string;
  requestId: string | null;
  /** `composer`: the message was not taken and goes back there. `answer`: the message is safe, its answer is not. */
  place: 'composer' | 'answer';
  action: FailureAction | null;
  /** How long the server asks to wait before `action` makes sense; 0 when it does now. */
  waitSeconds: number;
}

const SENTENCES: Record<string, string> = {
  rate_limited: 'Too many messages in a short time.',
  turn_running: 'The previous answer is still being written. Wait for it, or stop it and send this one.',
  payload_too_large: 'This message is too long. Shorten it and send it again.',
  unauthorized: 'This server answers known callers only. Ask whoever runs it for access.',
  forbidden: 'This conversation belongs to somebody else. Start a new one.',
  session_not_found: 'This conversation is gone. Start a new one.',
  provider_error: 'The model could not answer. Try again in a moment.',
  provider_timeout: 'The model took too long. Try again in a moment.',
  memory_unavailable: 'The conversation store does not answer right now. Try again in a moment.',
  internal_error: 'The server had a problem. Try again in a moment.',
};
const POINTLESS_TO_REPEAT = new Set(['unauthorized', 'forbidden', 'session_not_found', 'provider_unconfigured']);

function sentenceOf(refusal: Refusal): string {
  const known = refusal.code === null ? undefined : SENTENCES[refusal.code];
  if (known) return known;
  if (refusal.message) return refusal.message;
  return refusal.status >= 500
    ? 'The server had a problem. Try again in a moment.'
    : `The server refused the request (status ${refusal.status}).`;
}

function repeatOf(purpose: ChatRequest['purpose']): Pick<Failure, 'place' | 'action'> {
  return purpose === 'send' ? { place: 'composer', action: 'send-again' } : { place: 'answer', action: 'reconnect' };
}

function describeRefusal(refusal: Refusal, request: ChatRequest): Failure {
  const { place, action } = repeatOf(request.purpose);
  const common = { sentence: sentenceOf(refusal), requestId: refusal.requestId, place };
  if (refusal.code === 'turn_running') {
    return { ...common, action: place === 'composer' ? 'stop-and-send' : 'reconnect', waitSeconds: 0 };
  }
  const pointless = refusal.code !== null && POINTLESS_TO_REPEAT.has(refusal.code);
  return { ...common, action: pointless ? null : action, waitSeconds: Math.ceil(refusal.retryAfterSeconds ?? 0) };
}

function describeErrorPart(error: Error, request: ChatRequest): Failure {
  const body = parseErrorBody(error.message);
  const stated = body && body.error !== 'rate_limited' ? body.error.message : error.message;
  return {
    sentence: stated ? `The answer broke off: ${stated}` : 'The answer broke off.',
    requestId: request.requestId,
    place: 'answer',
    action: 'ask-again',
    waitSeconds: 0,
  };
}

/** Fetch reports a lost connection, before or during the answer, as a TypeError in every browser; an error part in the stream as a plain Error. */
export function describeFailure(error: Error, request: ChatRequest): Failure {
  if (error instanceof Refusal) return describeRefusal(error, request);
  if (!(error instanceof TypeError)) return describeErrorPart(error, request);
  if (request.accepted) {
    return {
      sentence: 'The connection was lost while the answer was coming. The server goes on with it.',
      requestId: request.requestId,
      place: 'answer',
      action: 'reconnect',
      waitSeconds: 0,
    };
  }
  return {
    sentence: 'The server cannot be reached. Check the connection and try again.',
    requestId: null,
    ...repeatOf(request.purpose),
    waitSeconds: 0,
  };
}
