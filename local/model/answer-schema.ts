import type { ModelRequest } from './model-request.ts';

/** The schema that a format asks for: `json_schema` has one, `json_object` is any object. */
export function answerSchema(format: string | undefined, schema: unknown): Pick<ModelRequest, 'answerSchema'> {
  if (format === 'json_schema') return { answerSchema: schema ?? {} };
  return format === 'json_object' ? { answerSchema: {} } : {};
}
