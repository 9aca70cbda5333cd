/** Server-sent events in pieces that keep to no boundary; `cutAt` bytes break the connection. The body is the platform's, as a real one is. */
export function sendEvents(events: object[], pieceBytes: number, cutAt = Infinity): typeof fetch {
  const lines = events.map((event) => {
    const name = 'type' in event ? `event: ${String(event.type)}\n` : '';
    return `${name}data: ${JSON.stringify(event)}\n\n`;
  });
  const bytes = new TextEncoder().encode(`${lines.join('')}data: [DONE]\n\n`);
  return () => {
    let sent = 0;
    const body = new globalThis.ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent >= cutAt) return controller.error(new Error('the connection is lost'));
        if (sent >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(sent, sent + pieceBytes));
        sent += pieceBytes;
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
}

export function sendStatus(status: number): typeof fetch {
  return () => Promise.resolve(Response.json({ error: { message: 'busy', type: 'x' } }, { status }));
}
