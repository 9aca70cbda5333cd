import type { ServerResponse } from 'node:http';
import type { RedisEngine } from './redis-engine.ts';
import { encodeCommands } from './resp-encode.ts';
import { RespParser } from './resp-parser.ts';
import { RespError, RespInteger, RespStatus, type Command, type RespReply } from './resp-reply.ts';

/** Answers SUBSCRIBE, PSUBSCRIBE and MONITOR with server-sent events, on an engine connection of its own. */
export function followStream(engine: RedisEngine, command: Command, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();

  const { socket, greeting } = engine.connect();
  const parser = new RespParser();
  let greetingsLeft = greeting.length;
  socket.on('data', (chunk: Buffer) => {
    for (const reply of parser.push(chunk)) {
      if (greetingsLeft > 0) greetingsLeft -= 1;
      else response.write(`data: ${eventText(reply)}\n\n`);
    }
  });
  socket.on('error', () => response.end());
  socket.on('close', () => response.end());
  response.on('close', () => socket.destroy());
  socket.write(encodeCommands([...greeting, command]));
}

function eventText(reply: RespReply): string {
  if (Array.isArray(reply)) return reply.map(eventText).join(',');
  if (reply instanceof RespStatus) return reply.text === 'OK' ? '"OK"' : reply.text;
  if (reply instanceof RespInteger) return reply.digits;
  if (reply instanceof RespError) return reply.message;
  return reply === null ? '' : reply.toString();
}
