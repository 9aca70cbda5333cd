import type { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';

export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

export interface Answer {
  description: string;
  /** Of a JSON body. An answer that has neither this nor `types` has no body. */
  schema?: z.ZodType;
  /** Media types of bodies that are something else. */
  types?: readonly string[];
}

export interface RequestBody {
  /** The schema that the handler parses with; absent where the body is no JSON. */
  schema?: z.ZodType;
  /** Media types, where the body is no JSON. */
  types?: readonly string[];
  /** A request that works as it stands: a test sends it. */
  example: unknown;
}

/** One route as the served document has it. */
export interface Operation {
  /** The `operationId`: what generated clients call the function. */
  id: string;
  summary: string;
  description?: string;
  /** What the parts of the path mean; every part has to be named. */
  path?: Record<string, string>;
  /** The schema that the handler parses the query with. */
  query?: z.ZodObject;
  /** Request headers and what they do. */
  headers?: Record<string, string>;
  body?: RequestBody;
  answers: Record<number, Answer>;
  /** What it can refuse with, beside what every route can (`EVERYWHERE` in openapi-document.ts). */
  errors?: readonly ErrorCode[];
}

/** Routes that belong together: a group of the document. */
export interface Area {
  name: string;
  description: string;
  /** The shape of the errors of this door; the own API's when absent. */
  errorSchema?: z.ZodType;
  /** Where this door refuses with another status. */
  statuses?: Partial<Record<ErrorCode, number>>;
  /** Whom it answers: callers (who may be anonymous where the deployment allows it) when absent. */
  audience?: 'operator' | 'anybody';
  operations: Record<Route, Operation>;
}
