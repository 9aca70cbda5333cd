import type { UIMessageChunk } from 'ai';
import { z } from 'zod';

const SOURCES_MAX = 20;

/** What a tool's structured result may say about where it comes from. */
const resultSchema = z.object({
  structuredContent: z.object({
    sources: z.array(
      z.object({
        id: z.string(),
        source: z.string(),
        title: z.string(),
        media_type: z.string(),
        library: z.string(),
        headings: z.array(z.string()),
        start: z.number(),
        end: z.number(),
        score: z.number(),
      }),
    ),
  }),
});

/** The source parts that follow a tool's result: one for each passage that it quotes. Any other chunk has none. */
export function sourceChunks(chunk: UIMessageChunk): UIMessageChunk[] {
  if (chunk.type !== 'tool-output-available' || chunk.preliminary) return [];
  const result = resultSchema.safeParse(chunk.output);
  if (!result.success) return [];
  return result.data.structuredContent.sources
    .slice(0, SOURCES_MAX)
    .map(({ id, source, title, media_type, ...where }) => {
      const about = {
        sourceId: id,
        title: [title, ...where.headings.filter((heading) => heading !== title)].join(' › '),
        providerMetadata: { edgewise: { source, ...where } },
      };
      return /^https?:\/\//i.test(source)
        ? { type: 'source-url', url: source, ...about }
        : { type: 'source-document', mediaType: media_type, filename: source, ...about };
    });
}
