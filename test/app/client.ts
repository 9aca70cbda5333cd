/** The few calls that every app test makes, over real HTTP. */
export function client(baseUrl: string, headers: Record<string, string> = {}) {
  const send = (
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
    signal?: AbortSignal,
  ) =>
    fetch(baseUrl + path, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers, ...more },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  return {
    send,
    get: (path: string, more?: Record<string, string>) => send('GET', path, undefined, more),
    async newSession(body: unknown = {}): Promise<string> {
      const response = await send('POST', '/sessions', body);
      if (response.status !== 201)
        throw new Error(`POST /sessions answered ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { id: string }).id;
    },
    say: (id: string, content: string, more: Record<string, unknown> = {}) =>
      send('POST', `/sessions/${id}/messages`, { content, ...more }),
    stream: (id: string, content: string, more: Record<string, unknown> = {}, signal?: AbortSignal) =>
      send('POST', `/sessions/${id}/messages`, { content, ...more }, { accept: 'text/event-stream' }, signal),
  };
}
