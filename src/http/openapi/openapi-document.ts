import { ERROR_STATUS, type ErrorCode } from '../../errors.ts';
import type { ApiDocument, DescribedAnswer, DescribedOperation, MediaType, Parameter } from './api-document.ts';
import type { Answer, Area, Operation, RequestBody } from './area.ts';
import { collectSchemas, type SchemaCollection } from './collect-schemas.ts';
import { errorSchema, rateLimitedSchema } from './error-schemas.ts';

/** What any route may answer instead. */
const EVERYWHERE: readonly ErrorCode[] = ['internal_error'];
const WITH_JSON_BODY: readonly ErrorCode[] = [
  'malformed_json',
  'unsupported_media_type',
  'validation_error',
  'payload_too_large',
];
/** What callers with wrong credentials, or none, are told. */
const IDENTIFYING: readonly ErrorCode[] = ['unauthorized', 'invalid_credentials', 'missing_scope'];
const WRITING: readonly ErrorCode[] = ['rate_limited', 'memory_unavailable'];

const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a token of the configured issuer.' },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  adminToken: { type: 'apiKey', in: 'header', name: 'X-Admin-Token' },
};

/** The OpenAPI 3.1 document of these areas. Its schemas are made from those that validate requests. */
export function openApiDocument(areas: readonly Area[], about: ApiDocument['info']): ApiDocument {
  const schemas = collectSchemas();
  const paths: ApiDocument['paths'] = {};
  for (const area of areas) {
    for (const [route, operation] of Object.entries(area.operations)) {
      const [method = '', path = ''] = route.split(' ');
      paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(area, route, operation, schemas) };
    }
  }
  return {
    openapi: '3.1.0',
    info: about,
    servers: [{ url: '/' }],
    tags: areas.map(({ name, description }) => ({ name, description })),
    paths,
    components: {
      schemas: schemas.named(),
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function describeOperation(
  area: Area,
  route: string,
  operation: Operation,
  schemas: SchemaCollection,
): DescribedOperation {
  const { id, summary, description, body, answers } = operation;
  const answered = Object.entries(answers).map(([status, answer]) => [status, describeAnswer(answer, schemas)]);
  return {
    operationId: id,
    tags: [area.name],
    summary,
    ...(description !== undefined && { description }),
    ...securityOf(area),
    parameters: parametersOf(route, operation, schemas),
    ...(body && { requestBody: { required: true, content: requestContent(body, schemas) } }),
    responses: { ...Object.fromEntries(answered), ...refusals(area, route, operation, schemas) },
  };
}

function securityOf({ audience }: Area): Pick<DescribedOperation, 'security'> {
  if (audience === 'anybody') return {};
  return { security: audience === 'operator' ? [{ adminToken: [] }] : [{ bearer: [] }, { apiKey: [] }, {}] };
}

function parametersOf(route: string, { path = {}, query, headers = {} }: Operation, schemas: SchemaCollection) {
  const { properties = {}, required = [] } = query ? schemas.add(query, 'input') : {};
  const parameters: Parameter[] = [];
  for (const [, name = ''] of route.matchAll(/\{(\w+)\}/g)) {
    parameters.push({ name, in: 'path', required: true, description: path[name], schema: { type: 'string' } });
  }
  for (const [name, schema] of Object.entries(properties)) {
    if (typeof schema === 'object') parameters.push({ name, in: 'query', required: required.includes(name), schema });
  }
  for (const [name, description] of Object.entries(headers)) {
    parameters.push({ name, in: 'header', required: false, description, schema: { type: 'string' } });
  }
  return parameters;
}

function requestContent(
  { schema, types = ['application/json'], example }: RequestBody,
  schemas: SchemaCollection,
): Record<string, MediaType> {
  const described = schema ? schemas.add(schema, 'input') : { type: 'string' as const };
  return Object.fromEntries(types.map((type, index) => [type, { schema: described, ...(index === 0 && { example }) }]));
}

function describeAnswer({ description, schema, types = [] }: Answer, schemas: SchemaCollection): DescribedAnswer {
  const content: Record<string, MediaType> = {};
  if (schema) content['application/json'] = { schema: schemas.add(schema, 'output') };
  for (const type of types) content[type] = { schema: { type: 'string' } };
  return { description, ...(Object.keys(content).length > 0 && { content }) };
}

/** The refusals of a route by their status, with the codes that have it. */
function refusals(
  { errorSchema: ofDoor, audience, statuses = {} }: Area,
  route: string,
  { body, query, errors = [] }: Operation,
  schemas: SchemaCollection,
): Record<string, DescribedAnswer> {
  const codes = new Set<ErrorCode>([
    ...errors,
    ...EVERYWHERE,
    ...(body?.schema ? WITH_JSON_BODY : []),
    ...(query ? (['validation_error'] as const) : []),
    ...(audience ? [] : IDENTIFYING),
    ...(route.startsWith('GET ') || audience ? [] : WRITING),
  ]);
  const byStatus: Record<string, ErrorCode[]> = {};
  for (const code of codes) (byStatus[statuses[code] ?? ERROR_STATUS[code]] ??= []).push(code);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, same]) => {
      const schema = ofDoor ?? (status === '429' ? rateLimitedSchema : errorSchema);
      return [status, describeAnswer({ description: same.map((code) => `\`${code}\``).join(', '), schema }, schemas)];
    }),
  );
}
