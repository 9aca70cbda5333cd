import { Agent, createServer, request as sendRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { closeServer } from '../../local/close-server.ts';
import { listen } from '../../local/listen.ts';
import { readBody } from '../../local/read-body.ts';
import { upstashCommands } from './upstash-commands.ts';

export type RecordedRequest = {
  method: string;
  /** With the query. */
  path: string;
  body: string;
  /** For Upstash's `/`, `/pipeline` and `/multi-exec`; empty for anything else. */
  commands: string[][];
  /** By performance.now(): when the request arrived, and when the last byte of the answer left or the client did. */
  startedAt: number;
  endedAt: number | null;
  /** Null until answered; it stays null for a request that a fault left without an answer. */
  status: number | null;
};

/** `refuse` breaks the connection, `hang` never answers, a status answers without asking the target. */
export type Fault = null | 'refuse' | 'hang' | { status: number };

export type RecordingProxy = {
  /** Stands for the target's address, with the same path. */
  url: string;
  /** In order of arrival. Empty it with `requests.length = 0`. */
  requests: RecordedRequest[];
  /** Half of it is spent on the way there, half on the way back. */
  setLatency(ms: number): void;
  setFault(fault: Fault): void;
  close(): Promise<void>;
};

/** A reverse proxy that remembers what passed. Request bodies are read whole, answers are streamed through. */
export async function startRecordingProxy(
  targetUrl: string,
  options: { latencyMs?: number } = {},
): Promise<RecordingProxy> {
  const target = new URL(targetUrl);
  const agent = new Agent({ keepAlive: true });
  const requests: RecordedRequest[] = [];
  let latencyMs = options.latencyMs ?? 0;
  let fault: Fault = null;

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = newRecord(request);
    requests.push(record);
    response.on('close', () => (record.endedAt ??= performance.now()));
    const body = await readBody(request);
    record.body = body.toString();
    record.commands = upstashCommands(record);

    if (fault === 'hang') return;
    if (fault === 'refuse') return void request.socket.resetAndDestroy();
    const wayMs = latencyMs / 2;
    if (wayMs > 0) await delay(wayMs);
    if (fault !== null) {
      if (wayMs > 0) await delay(wayMs);
      record.status = fault.status;
      record.endedAt = performance.now();
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      response.end('{"error":"a fault of the recording proxy"}');
      return;
    }
    forward(request, response, body, wayMs, record);
  }

  function forward(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    wayMs: number,
    record: RecordedRequest,
  ): void {
    const { method, headers } = request;
    const onward = sendRequest(new URL(record.path, target), {
      agent,
      method,
      headers: { ...headers, host: target.host },
    });
    // Every piece is late by the same time, so the pieces stay in order and a stream stays a stream.
    const later = (step: () => void): void => void (wayMs > 0 ? setTimeout(step, wayMs) : step());
    onward.on('response', (answer) => {
      // A client that knows the length has its answer, and may send its next request, before `end` is seen here.
      const length = answer.statusCode === 204 ? 0 : Number(answer.headers['content-length'] ?? Number.NaN);
      let passed = 0;
      const markEnd = (): void => {
        if (passed === length) record.endedAt = performance.now();
      };
      later(() => {
        record.status = answer.statusCode ?? null;
        markEnd();
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.flushHeaders();
      });
      answer.on('data', (chunk: Buffer) =>
        later(() => {
          passed += chunk.length;
          markEnd();
          response.write(chunk);
        }),
      );
      answer.on('end', () =>
        later(() => {
          record.endedAt ??= performance.now();
          response.end();
        }),
      );
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    onward.end(body);
  }

  const server = createServer((request, response) => {
    // A client that leaves while its body is read is recorded as it is; there is nobody to answer.
    pass(request, response).catch(() => response.destroy());
  });
  const port = await listen(server, { host: '127.0.0.1', port: 0 }, 'The recording proxy');
  return {
    url: `http://127.0.0.1:${port}${target.pathname}`.replace(/\/$/, ''),
    requests,
    setLatency: (ms) => (latencyMs = ms),
    setFault: (next) => (fault = next),
    close: async () => {
      await closeServer(server);
      agent.destroy();
    },
  };
}

function newRecord(request: IncomingMessage): RecordedRequest {
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    body: '',
    commands: [],
    startedAt: performance.now(),
    endedAt: null,
    status: null,
  };
}
