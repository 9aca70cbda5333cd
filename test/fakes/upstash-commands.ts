import { z } from 'zod';

const command = z.array(z.coerce.string());
const one = command.transform((only) => [only]);
const many = z.array(command);

/** The Redis commands in a request to Upstash's REST API; empty when it is something else. */
export function upstashCommands({ path, body }: { path: string; body: string }): string[][] {
  const shape = path === '/' ? one : /^\/(pipeline|multi-exec)$/.test(path) ? many : null;
  if (shape === null) return [];
  try {
    return shape.safeParse(JSON.parse(body)).data ?? [];
  } catch {
    // Not JSON, so not Upstash's protocol.
    return [];
  }
}
