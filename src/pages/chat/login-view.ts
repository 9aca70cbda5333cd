import { z } from 'zod';

const requiredSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('login'), server: z.string(), url: z.url({ protocol: /^https?$/ }) }),
  z.object({ kind: z.literal('secret'), server: z.string(), url: z.string() }),
  z.object({ kind: z.literal('headers'), server: z.string(), headers: z.array(z.string()) }),
]);
/** A tool server that a turn went on without, and what it needs before the next one can use it. */
export type LockedServer = z.infer<typeof requiredSchema>;

/** Of a part of the stream; null when it is about something else, or about nothing that this page can show. */
export function readLockedServer({ type, data }: { type: string; data: unknown }): LockedServer | null {
  return type === 'data-mcp-auth-required' ? (requiredSchema.safeParse(data).data ?? null) : null;
}
