import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../src/pages/chat/open-session.ts';
import { Refusal } from '../../src/pages/chat/refusal.ts';

const ID = '0123456789abcdef';
const { signal } = new AbortController();

function answerWith(response: Response): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url);
    return response;
  });
  return asked;
}

describe('openSession', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('reads title, messages and whether a turn is under way, and does not mind fields that it does not know', async () => {
    const message = { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'hi' }] };
    const body = { id: ID, title: null, status: 'running', memory_limit: 10, history: [], messages: [message] };
    const asked = answerWith(Response.json(body));
    expect(await openSession(ID, signal)).toEqual({ title: null, messages: [message], active: true });
    expect(asked).toEqual([`/sessions/${ID}`]);
  });

  it('has nothing to follow in an idle session', async () => {
    answerWith(Response.json({ title: 'Milk', status: 'idle', messages: [] }));
    expect(await openSession(ID, signal)).toEqual({ title: 'Milk', messages: [], active: false });
  });

  it('answers null for a session that is not there', async () => {
    answerWith(Response.json({ error: { code: 'session_not_found', message: 'No.' } }, { status: 404 }));
    expect(await openSession(ID, signal)).toBeNull();
  });

  it('throws the refusal of a server that cannot answer', async () => {
    answerWith(new Response('', { status: 503, headers: { 'x-request-id': 'req-1' } }));
    await expect(openSession(ID, signal)).rejects.toMatchObject({ status: 503, requestId: 'req-1' });
  });

  it.each([{ status: 'idle', messages: [{ id: 'm1' }] }, { status: 'idle' }, {}])(
    'refuses a body that is no session: %j',
    async (body) => {
      answerWith(Response.json(body));
      await expect(openSession(ID, signal)).rejects.toBeInstanceOf(Refusal);
    },
  );
});
