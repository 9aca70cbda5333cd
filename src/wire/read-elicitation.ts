import { z } from 'zod';

const requestSchema = z.object({
  /** What the answer to this request goes by. */
  key: z.string(),
  mode: z.enum(['form', 'url']),
  message: z.string(),
  /** Of a form: an object of strings, numbers, booleans and choices. */
  schema: z.record(z.string(), z.unknown()).optional(),
  /** Where the person has to go, and its host, which is to be shown before. */
  url: z.string().optional(),
  host: z.string().optional(),
});

/** The data of a `data-mcp-elicitation` chunk: what a tool's server wants to know from the person before it answers the call. */
export const elicitationSchema = z.object({
  elicitation_id: z.string(),
  tool_call_id: z.string(),
  tool_name: z.string(),
  /** How often the server has asked about this call, from 1. */
  round: z.number().int(),
  requests: z.array(requestSchema),
  expires_at: z.string(),
  answered: z.boolean(),
  /** The server's own, sealed: only this deployment can read it, and only for this call. */
  state: z.string(),
});
export type Elicitation = z.infer<typeof elicitationSchema>;

/** Reads what we wrote. Throws ZodError on anything else. */
export function readElicitation(data: unknown): Elicitation {
  return elicitationSchema.parse(data);
}
