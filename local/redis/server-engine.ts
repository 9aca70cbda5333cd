import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { LocalError } from '../local-error.ts';
import type { RedisEngine } from './redis-engine.ts';
import type { Command } from './resp-reply.ts';

/** A real Redis or Valkey at a redis:// or rediss:// address. */
export function createServerEngine(redisUrl: string): RedisEngine {
  const url = parseRedisUrl(redisUrl);
  const address = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) };
  return {
    name: `${url.protocol}//${url.host}${url.pathname}`,
    roundsLuaNumbers: false,
    connect: () => ({
      socket: url.protocol === 'rediss:' ? connectTls(address) : connectTcp({ ...address, noDelay: true }),
      greeting: greeting(url),
    }),
    close: () => {},
  };
}

function parseRedisUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol)) {
    throw new LocalError('REDIS_URL must look like redis://127.0.0.1:6379.');
  }
  return url;
}

function greeting(url: URL): Command[] {
  const commands: Command[] = [];
  const user = decodeURIComponent(url.username);
  if (url.password !== '') commands.push(['AUTH', ...(user ? [user] : []), decodeURIComponent(url.password)]);
  if (url.pathname.length > 1) commands.push(['SELECT', url.pathname.slice(1)]);
  return commands;
}
