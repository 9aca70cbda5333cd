import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const value = z.object({
  stringValue: z.string().optional(),
  intValue: z.string().regex(/^\d+$/).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
  arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }).optional(),
});
const attributes = z.array(z.object({ key: z.string(), value }).strict());
const nanoseconds = z.string().regex(/^\d{19}$/);
const span = z
  .object({
    traceId: z.string().regex(/^[0-9a-f]{32}$/),
    spanId: z.string().regex(/^[0-9a-f]{16}$/),
    parentSpanId: z
      .string()
      .regex(/^[0-9a-f]{16}$/)
      .optional(),
    name: z.string(),
    kind: z.int(),
    startTimeUnixNano: nanoseconds,
    endTimeUnixNano: nanoseconds,
    attributes,
    status: z.object({ code: z.int().optional() }),
  })
  .strict();
const request = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }),
      scopeSpans: z.array(z.object({ scope: z.object({ name: z.string() }), spans: z.array(span) })),
    }),
  ),
});
export type CollectedSpan = z.infer<typeof span>;

export interface OtlpCollector {
  url: string;
  spans: CollectedSpan[];
  headers: IncomingHttpHeaders[];
  close(): void;
}

/** Takes traces by OTLP over HTTP, and nothing that is not in its form. */
export async function startOtlpCollector(status = 200): Promise<OtlpCollector> {
  const spans: CollectedSpan[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((incoming, response) => void take(incoming, response)).listen(0, '127.0.0.1');
  async function take(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const parsed = request.safeParse(JSON.parse(await text(incoming)));
    const known = incoming.method === 'POST' && incoming.url === '/v1/traces' && parsed.success;
    if (known && status === 200) {
      headers.push(incoming.headers);
      spans.push(...parsed.data.resourceSpans.flatMap((item) => item.scopeSpans.flatMap((scope) => scope.spans)));
    }
    response.writeHead(known ? status : 400, { 'content-type': 'application/json' }).end('{}');
  }
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The collector has no port.');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${address.port}`, spans, headers, close };
}
