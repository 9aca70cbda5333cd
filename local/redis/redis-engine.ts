import type { Duplex } from 'node:stream';
import type { Command } from './resp-reply.ts';

/** Something that speaks RESP2: js-redis-server in this process, or a real Redis. */
export interface RedisEngine {
  /** For the terminal; holds no password. */
  readonly name: string;
  /** js-redis-server writes Lua numbers with 14 digits where Redis writes 17; scripts are corrected for it. */
  readonly roundsLuaNumbers: boolean;
  /** A new connection, and the commands that must be its first (their replies are of no interest unless they fail). */
  connect(): { socket: Duplex; greeting: Command[] };
  close(): void;
}
