import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { AppContext } from './context.ts';

/**
 * The request's JSON body, checked. An absent body counts as `{}`. Throws AppError `unsupported_media_type`, `malformed_json` or
 * `validation_error`, whose message and details name every place.
 */
export async function parseBody<T>(c: AppContext, schema: z.ZodType<T>): Promise<T> {
  const type = c.req.header('content-type');
  if (type && !/[/+]json\b/i.test(type)) {
    throw new AppError('unsupported_media_type', 'Send the body as application/json.');
  }
  const text = await c.req.text();
  return parseWith(schema, text.trim() === '' ? {} : parseJson(text), 'body');
}

/** Checks input from outside; `where` is the first element of every reported place. */
export function parseWith<T>(schema: z.ZodType<T>, input: unknown, where: 'body' | 'query' | 'header'): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({ ...describe(issue, input), loc: [where, ...issue.path] }));
  const summary = errors.map(({ loc, msg }) => [loc.slice(1).join('.'), msg].filter(Boolean).join(': ')).join('; ');
  throw new AppError('validation_error', `Request validation failed: ${summary}`, { details: { errors } });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('malformed_json', 'The request body is not valid JSON.');
  }
}

function describe(issue: z.core.$ZodIssue, input: unknown): { type: string; msg: string } {
  if (issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined) {
    return { type: 'missing', msg: 'Field required' };
  }
  return { type: issue.code, msg: issue.message };
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
