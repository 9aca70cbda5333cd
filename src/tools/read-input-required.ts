import type { InputRequiredResult } from '@modelcontextprotocol/client';
import { z } from 'zod';
import type { ToolQuestion } from './tool-question.ts';

/** Most requests of one question, and characters of what they say and want. */
const REQUESTS_MAX = 16;
const REQUEST_MAX_CHARACTERS = 16_384;

const message = z.string();
const params = z.union([
  z.object({ mode: z.literal('url'), message, url: z.url({ protocol: /^https?$/ }) }),
  z.object({ mode: z.literal('form').default('form'), message, requestedSchema: z.record(z.string(), z.unknown()) }),
]);
/** An elicitation; a server may also ask for what is not offered here. */
const requestSchema = z.object({ method: z.literal('elicitation/create'), params });

/** What a server asks of the person; null when it asks for something that is no elicitation, or for more than is shown. */
export function readInputRequired({ inputRequests = {} }: InputRequiredResult): ToolQuestion['requests'] | null {
  const entries = Object.entries(inputRequests);
  if (entries.length === 0 || entries.length > REQUESTS_MAX) return null;
  if (JSON.stringify(inputRequests).length > REQUEST_MAX_CHARACTERS) return null;
  const requests = entries.map(([key, request]) => readRequest(key, request));
  return requests.every((request) => request !== null) ? requests : null;
}

function readRequest(key: string, request: unknown): ToolQuestion['requests'][number] | null {
  const asked = requestSchema.safeParse(request).data?.params;
  if (!asked) return null;
  const { mode, message } = asked;
  if (asked.mode === 'form') return { key, mode, message, schema: asked.requestedSchema };
  return { key, mode, message, url: asked.url, host: new URL(asked.url).host };
}
