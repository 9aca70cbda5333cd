import { describe, expect, it } from 'vitest';
import { describeFailure, type ChatRequest } from '../../src/pages/chat/describe-failure.ts';
import { Refusal } from '../../src/pages/chat/refusal.ts';

const sending: ChatRequest = { purpose: 'send', accepted: false, requestId: null };
const streaming: ChatRequest = { purpose: 'send', accepted: true, requestId: 'req-1' };

describe('describeFailure', () => {
  it('gives a limited message back to the composer, with whole seconds to wait', () => {
    const refusal = new Refusal({ status: 429, code: 'rate_limited', requestId: 'req-1', retryAfterSeconds: 2.1 });
    expect(describeFailure(refusal, sending)).toEqual({
      sentence: 'Too many messages in a short time.',
      requestId: 'req-1',
      place: 'composer',
      action: 'send-again',
      waitSeconds: 3,
    });
  });

  it('offers to stop a running turn before sending', () => {
    const refusal = new Refusal({ status: 409, code: 'turn_running', message: 'A turn is running.' });
    expect(describeFailure(refusal, sending)).toMatchObject({ place: 'composer', action: 'stop-and-send' });
  });

  it('shows the own sentence of a refusal that it has none for', () => {
    const refusal = new Refusal({ status: 422, code: 'validation_error', message: 'content: too long' });
    expect(describeFailure(refusal, sending).sentence).toBe('content: too long');
  });

  it('does not offer to repeat what cannot succeed', () => {
    expect(describeFailure(new Refusal({ status: 401, code: 'unauthorized' }), sending).action).toBeNull();
  });

  it('has a sentence for an error page that is not from this API', () => {
    expect(describeFailure(new Refusal({ status: 502 }), sending).sentence).toMatch(/server had a problem/);
    expect(describeFailure(new Refusal({ status: 418 }), sending).sentence).toMatch(/status 418/);
  });

  it('gives the message back when the server was never reached', () => {
    const failure = describeFailure(new TypeError('Failed to fetch'), sending);
    expect(failure).toMatchObject({ place: 'composer', action: 'send-again', requestId: null });
  });

  it('offers to reconnect when the connection is lost in the answer', () => {
    const failure = describeFailure(new TypeError('network error'), streaming);
    expect(failure).toMatchObject({ place: 'answer', action: 'reconnect', requestId: 'req-1' });
  });

  it('shows an error part with the request id of its stream', () => {
    expect(describeFailure(new Error('The model failed.'), streaming)).toMatchObject({
      sentence: 'The answer broke off: The model failed.',
      requestId: 'req-1',
      place: 'answer',
      action: 'ask-again',
    });
  });

  it('reads an error part that carries the API’s error body', () => {
    const part = new Error('{"error":{"code":"provider_error","message":"The model failed."},"request_id":"req-1"}');
    expect(describeFailure(part, streaming).sentence).toBe('The answer broke off: The model failed.');
  });
});
