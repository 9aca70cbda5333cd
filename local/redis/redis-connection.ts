import type { RedisEngine } from './redis-engine.ts';
import { encodeCommands } from './resp-encode.ts';
import { RespParser } from './resp-parser.ts';
import { RespError, type Command, type RespReply } from './resp-reply.ts';

const LOST = 'ERR the connection to the Redis engine was lost';

/** One connection with replies in order. It opens itself again on the next call after it was lost. */
export class RedisConnection {
  readonly #engine: RedisEngine;
  #open: OpenConnection | null = null;

  constructor(engine: RedisEngine) {
    this.#engine = engine;
  }

  /** The commands of one call reach the engine as one piece: no other call's command comes between them. */
  send(commands: Command[]): Promise<RespReply[]> {
    if (this.#open === null || this.#open.lost) this.#open = new OpenConnection(this.#engine);
    return this.#open.send(commands);
  }

  close(): void {
    this.#open?.close();
  }
}

class OpenConnection {
  lost = false;
  readonly #waiting: ((reply: RespReply) => void)[] = [];
  readonly #socket;

  constructor(engine: RedisEngine) {
    const { socket, greeting } = engine.connect();
    this.#socket = socket;
    const parser = new RespParser();
    socket.on('data', (chunk: Buffer) => {
      for (const reply of parser.push(chunk)) this.#waiting.shift()?.(reply);
    });
    let reason = LOST;
    socket.on('error', (error) => (reason = `${LOST}: ${error.message}`));
    socket.on('close', () => {
      this.lost = true;
      for (const answer of this.#waiting.splice(0)) answer(new RespError(reason));
    });
    // A wrong password shows in every later reply (NOAUTH), so the greeting's own replies are not looked at.
    if (greeting.length > 0) void this.send(greeting);
  }

  send(commands: Command[]): Promise<RespReply[]> {
    const replies = commands.map(() => new Promise<RespReply>((resolve) => this.#waiting.push(resolve)));
    this.#socket.write(encodeCommands(commands));
    return Promise.all(replies);
  }

  close(): void {
    this.#socket.destroy();
  }
}
