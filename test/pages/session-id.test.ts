import { describe, expect, it } from 'vitest';
import { createSessionId, sessionIdOf } from '../../src/pages/chat/session-id.ts';

describe('session ids', () => {
  it('are long, fit the API and differ', () => {
    const ids = new Set(Array.from({ length: 100 }, createSessionId));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
  });

  it('are found again in the address', () => {
    const id = createSessionId();
    expect(sessionIdOf(`#${id}`)).toBe(id);
  });

  it.each(['', '#', '#short', '#../../admin', '#a b c d e f g h'])('are not taken from %j', (hash) => {
    expect(sessionIdOf(hash)).toBeNull();
  });
});
