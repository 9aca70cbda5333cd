import { z } from 'zod';
import type { ApiDocument, DescribedOperation } from '../../src/http/openapi/api-document.ts';

/** Why this response is not what the document says; null when it is. A field that the document does not name is one reason. */
export async function checkAnswer(
  document: ApiDocument,
  { responses }: DescribedOperation,
  response: Response,
): Promise<string | null> {
  const described = responses[response.status];
  const text = await response.text();
  if (!described) return `${response.status} is not described: ${text}`;
  const type = response.headers.get('content-type')?.split(';')[0];
  if (!described.content) return text === '' ? null : `a body where none is described: ${text}`;
  const media = described.content[type ?? ''];
  if (!media) return `the type ${type} is not described`;
  if (type !== 'application/json') return null;
  const closed = closeObjects({ ...media.schema, $defs: document.components.schemas });
  const result = schemaFrom(closed).safeParse(JSON.parse(text));
  return result.success ? null : `${z.prettifyError(result.error)}\n${text}`;
}

/** The document bears with fields that answers may get later; today's answers have to be described whole. */
function closeObjects(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closeObjects);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] =>
    key === '$ref' ? [key, String(inner).replace('#/components/schemas/', '#/$defs/')] : [key, closeObjects(inner)],
  );
  const closed = Object.fromEntries(entries);
  const isOpen = 'additionalProperties' in value || !('properties' in value);
  return isOpen || typeof closed['properties'] !== 'object' ? closed : { ...closed, additionalProperties: false };
}

/** What was JSON Schema a moment ago is JSON Schema; the compiler only knows it as parts put together. */
function schemaFrom(schema: unknown): z.ZodType {
  return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
}
