import { z } from 'zod';
import { contentPart, type ContentPart } from './content-part.ts';
import { toolResultPartSchema } from './tool-result.ts';

/** A piece of a prompt or a resource of a tool server that a message brings along: part of the message, and no words of its sender. */
const contextPartSchema = z.object({
  type: z.literal('data-context'),
  data: z.object({
    from: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('prompt'), name: z.string() }),
      z.object({ kind: z.literal('resource'), uri: z.string() }),
    ]),
    content: toolResultPartSchema,
  }),
});
export type ContextPart = z.infer<typeof contextPartSchema>;

/** How a model reads such a part; undefined for any other. */
export function readContextPart(part: unknown): ContentPart | undefined {
  const result = contextPartSchema.safeParse(part);
  return result.success ? contentPart(result.data.data.content) : undefined;
}
