import type { Command } from './resp-reply.ts';

/** A request that is answered with this status and `{"error": message}`. */
export class UpstashRefusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type UpstashRequest =
  | { kind: 'command'; command: Command }
  | { kind: 'pipeline' | 'multi-exec'; commands: Command[] }
  | { kind: 'follow'; command: Command };

const FOLLOWING = ['subscribe', 'psubscribe', 'monitor'];

/** Reads the forms of https://upstash.com/docs/redis/features/restapi. Throws UpstashRefusal. */
export function parseUpstashRequest(method: string, url: URL, body: Buffer): UpstashRequest {
  const path = url.pathname.replace(/^\/|\/$/g, '');
  const segments = path === '' ? [] : path.split('/').map(decodeURIComponent);
  const [head = ''] = segments;

  if (segments.length === 0) {
    if (method === 'GET' || method === 'HEAD') throw new UpstashRefusal(400, 'ERR empty command');
    return { kind: 'command', command: toCommand(parseJson(body)) };
  }
  if (segments.length === 1 && (head === 'pipeline' || head === 'multi-exec')) {
    return { kind: head, commands: toCommands(parseJson(body)) };
  }
  // The client posts an empty array here; it is no argument.
  if (FOLLOWING.includes(head.toLowerCase())) return { kind: 'follow', command: segments };

  const value = (method === 'POST' || method === 'PUT') && body.length > 0 ? [body] : [];
  const options = [...url.searchParams]
    .filter(([name]) => name !== '_token')
    .flatMap(([name, value]) => (value === '' ? [name] : [name, value]));
  return { kind: 'command', command: [...segments, ...value, ...options] };
}

/** Numbers come back as their source text, so that 9007199254740993 is not rounded. */
function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString(), (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' ? (context?.source ?? String(value)) : value,
    );
  } catch (cause) {
    throw new UpstashRefusal(400, `ERR failed to parse the request body as JSON: ${String(cause)}`);
  }
}

function toCommands(value: unknown): Command[] {
  if (!Array.isArray(value)) throw new UpstashRefusal(400, 'ERR the request body must be an array of commands');
  return value.map(toCommand);
}

function toCommand(value: unknown): Command {
  if (!Array.isArray(value) || value.length === 0) throw new UpstashRefusal(400, 'ERR empty command');
  return value.map((item: unknown) => {
    if (item === null || typeof item === 'string' || typeof item === 'boolean') return String(item);
    throw new UpstashRefusal(400, 'ERR an argument of a command must be a string, a number or a boolean');
  });
}
