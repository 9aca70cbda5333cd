import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { LocalError } from '../local-error.ts';
import type { IngestArguments } from './read-arguments.ts';

export interface SentDocument {
  library: string;
  source: string;
  text: string;
}

const answerSchema = z.object({
  documents: z.array(
    z.object({
      source: z.string(),
      outcome: z.enum(['added', 'replaced', 'unchanged', 'error']),
      chunks: z.number().optional(),
      error: z.object({ message: z.string() }).optional(),
    }),
  ),
});
export type Outcome = z.infer<typeof answerSchema>['documents'][number];

const errorSchema = z.object({ error: z.object({ message: z.string() }) });
/** What one request was refused for as a whole, and the next would not be. */
const OF_THIS_REQUEST = new Set([413, 415, 422]);

/** Sends one request and waits as long as a rate limit says. Throws LocalError when going on would be no use. */
export async function sendDocuments(
  documents: readonly SentDocument[],
  { url, headers, shared }: IngestArguments,
): Promise<Outcome[]> {
  for (;;) {
    const response = await post(`${url}/knowledge/documents${shared ? '?shared=true' : ''}`, headers, documents);
    const text = await response.text();
    if (response.status === 429) {
      await delay(Math.max(1, Number(response.headers.get('retry-after')) || 1) * 1000);
      continue;
    }
    if (response.ok) return answerSchema.parse(JSON.parse(text)).documents;
    const message = messageIn(text) ?? `The answer was ${response.status}.`;
    if (!OF_THIS_REQUEST.has(response.status)) throw new LocalError(`${url} refuses the documents: ${message}`);
    return documents.map(({ source }) => ({ source, outcome: 'error', error: { message } }));
  }
}

async function post(address: string, headers: Record<string, string>, documents: unknown): Promise<Response> {
  try {
    return await fetch(address, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(documents),
    });
  } catch (cause) {
    throw new LocalError(`${new URL(address).origin} does not answer. What was taken so far is kept: run it again.`, {
      cause,
    });
  }
}

function messageIn(text: string): string | undefined {
  try {
    return errorSchema.parse(JSON.parse(text)).error.message;
  } catch {
    // A proxy before the Worker answers in its own way.
    return undefined;
  }
}
