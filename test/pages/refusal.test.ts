import { describe, expect, it } from 'vitest';
import { readRefusal } from '../../src/pages/chat/refusal.ts';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

describe('readRefusal', () => {
  it('reads code, message and request id of an error body', async () => {
    const body = { error: { code: 'turn_running', message: 'Busy.' }, request_id: 'req-1' };
    expect(await readRefusal(answer(409, body))).toMatchObject({
      status: 409,
      code: 'turn_running',
      message: 'Busy.',
      requestId: 'req-1',
    });
  });

  it('takes the finer of the two waiting times of a 429, and the id from the header', async () => {
    const headers = { 'retry-after': '3', 'x-request-id': 'req-2' };
    const refusal = await readRefusal(answer(429, { error: 'rate_limited', retry_after: 2.4 }, headers));
    expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 2.4, requestId: 'req-2' });
  });

  it('keeps status and waiting time of a page that is not JSON', async () => {
    const refusal = await readRefusal(answer(503, '<h1>Unavailable</h1>', { 'retry-after': '5' }));
    expect(refusal).toMatchObject({ status: 503, code: null, message: '', retryAfterSeconds: 5 });
  });

  it('knows no waiting time when none is given', async () => {
    expect((await readRefusal(answer(500, ''))).retryAfterSeconds).toBeNull();
  });
});
