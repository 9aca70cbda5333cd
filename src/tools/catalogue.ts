import { z } from 'zod';
import type { ObjectSchema } from './normalise-schema.ts';

const isObjectSchema = (value: unknown) => z.looseObject({ type: z.literal('object') }).safeParse(value).success;

/** A tool as a catalogue keeps it: what the model and the call need, already within our limits. */
export const catalogueToolSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.custom<ObjectSchema>(isObjectSchema),
  /** Of `structuredContent`; for clients of the router, and not for models. */
  outputSchema: z.custom<ObjectSchema>(isObjectSchema).optional(),
  /** The server's own claims. */
  annotations: z
    .object({
      readOnlyHint: z.boolean().optional(),
      destructiveHint: z.boolean().optional(),
      idempotentHint: z.boolean().optional(),
      openWorldHint: z.boolean().optional(),
    })
    .optional(),
});
export type CatalogueTool = z.infer<typeof catalogueToolSchema>;

/** What a later connection needs in order to skip the handshake. */
const resumeSchema = z.discriminatedUnion('era', [
  /** 2026-07-28: the server's description of itself, checked by the client when it is used. */
  z.object({ era: z.literal('modern'), discover: z.record(z.string(), z.unknown()) }),
  z.object({ era: z.literal('legacy') }),
]);
export type Resume = z.infer<typeof resumeSchema>;

const fingerprints = z.record(z.string(), z.string());
/** The key that it was stored under, when it is one caller's: a turn may have read another's. */
const of = z.string().optional();
const needs = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('login') }),
  z.object({ kind: z.literal('secret') }),
  z.object({ kind: z.literal('headers'), headers: z.array(z.string()) }),
]);

/**
 * What is kept of a server between turns: its tools, or that it failed a moment ago. Valid until `expiresAt` (ms); the fingerprints of the
 * tools that were accepted outlive that. `changed` names tools that were not what had been accepted.
 */
const catalogueSchema = z.discriminatedUnion('status', [
  z.object({
    v: z.literal(2),
    status: z.literal('available'),
    expiresAt: z.number(),
    resume: resumeSchema,
    tools: z.array(catalogueToolSchema),
    fingerprints,
    changed: z.array(z.string()),
    of,
  }),
  z.object({
    v: z.literal(2),
    status: z.literal('unavailable'),
    expiresAt: z.number(),
    reason: z.string(),
    /** What the caller can do about it. */
    needs: needs.optional(),
    fingerprints,
    of,
  }),
]);
export type Catalogue = z.infer<typeof catalogueSchema>;
export type AvailableCatalogue = Extract<Catalogue, { status: 'available' }>;

/** Null when nothing is stored, or nothing that this version can use. */
export function parseCatalogue(text: string | null): Catalogue | null {
  if (text === null) return null;
  try {
    const result = catalogueSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
