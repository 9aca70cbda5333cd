import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { argumentPieces, tokensOf, type Answer, type Usage } from './answer.ts';
import type { Directives } from './directives.ts';
import type { Protocol } from './protocol.ts';
import { endRecord, type RequestRecord } from './request-log.ts';

export interface Pace {
  tokensPerSecond: number;
  /** Fires when the client is gone. */
  gone: AbortSignal;
}

/** Writes the answer as server-sent events, token by token, and breaks off where the directives say so. */
export async function streamAnswer(
  response: ServerResponse,
  protocol: Protocol,
  { answer, usage }: { answer: Answer; usage: Usage },
  directives: Directives,
  record: RequestRecord,
  pace: Pace,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  response.flushHeaders();
  if (directives.hang === 'first') return;
  if (directives.firstTokenMs > 0) await sleep(directives.firstTokenMs, undefined, { signal: pace.gone });
  await write(response, protocol.begin());

  const started = performance.now();
  let batch = '';
  for (const { events, isToken } of eventsOf(protocol, answer)) {
    if (isToken && directives.fault?.at === record.tokensSent) {
      await write(response, batch);
      batch = '';
      if (await breakOff(response, protocol, directives, record)) return;
    }
    batch += events;
    if (!isToken) continue;
    record.tokensSent += 1;
    if (record.tokensSent % directives.batch !== 0) continue;
    await write(response, batch);
    batch = '';
    const due = started + (record.tokensSent * 1000) / pace.tokensPerSecond - performance.now();
    if (due > 1) await sleep(due, undefined, { signal: pace.gone });
    pace.gone.throwIfAborted();
  }
  await write(response, batch);
  // A fault that lies beyond a short answer strikes at its end.
  const missed = directives.fault !== null && directives.fault.at >= record.tokensSent;
  if (missed && (await breakOff(response, protocol, directives, record))) return;
  await write(response, protocol.end(answer, usage));
  endRecord(record, 'done');
  response.end();
}

function* eventsOf(protocol: Protocol, answer: Answer): Generator<{ events: string; isToken: boolean }> {
  for (const word of tokensOf(answer.reasoning)) yield { events: protocol.reasoning(word), isToken: true };
  for (const word of tokensOf(answer.text)) yield { events: protocol.text(word), isToken: true };
  for (const [index, call] of answer.calls.entries()) {
    yield { events: protocol.beginCall(call, index), isToken: false };
    for (const piece of argumentPieces(call.arguments)) {
      yield { events: protocol.callArguments(call, index, piece), isToken: true };
    }
    yield { events: protocol.endCall(call, index), isToken: false };
  }
}

/** True when nothing more is to be written. */
async function breakOff(
  response: ServerResponse,
  protocol: Protocol,
  { fault }: Directives,
  record: RequestRecord,
): Promise<boolean> {
  switch (fault?.kind) {
    case undefined:
      return false;
    case 'garbage':
      await write(response, 'data: {"this is not": JSON\n\n');
      return false;
    case 'stall':
      return true;
    case 'cut':
      endRecord(record, 'faulted');
      response.destroy();
      return true;
    case 'error':
      await write(response, protocol.error());
      break;
    case 'truncate':
      break;
  }
  endRecord(record, 'faulted');
  response.end();
  return true;
}

/** Resolves when the bytes have left the process: what was sent before a cut arrives. */
function write(response: ServerResponse, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve, reject) => {
    response.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
