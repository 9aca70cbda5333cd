import { z } from 'zod';

const name = z.string().min(1).max(128);
const input = z.record(z.string(), z.unknown());

/** Seed 003 says `tool_name` and `parameters`, MCP says `name` and `arguments`. */
export const executeToolSchema = z
  .object({
    tool_name: name.optional(),
    parameters: input.optional(),
    name: name.optional(),
    arguments: input.optional(),
  })
  .transform((body, context) => {
    const chosen = body.tool_name ?? body.name;
    if (chosen === undefined) {
      context.addIssue({ code: 'custom', path: ['tool_name'], message: 'Field required' });
      return z.NEVER;
    }
    return { name: chosen, input: body.parameters ?? body.arguments ?? {} };
  });

export const readResourceQuery = z.object({ uri: z.string().min(1).max(2048) });
