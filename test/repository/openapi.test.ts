import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { apiDocument } from './api-document.ts';
import { servedRoutes } from './served-routes.ts';

const document = await apiDocument();
const operations = Object.entries(document.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
);

test('the document is what the router serves, both ways: describe a new route in src/http/openapi/areas', () => {
  const app = createApp(() => {
    throw new Error('no request is made');
  });
  expect(operations.map(({ route }) => route).sort()).toEqual(servedRoutes(app));
});

test('it is valid OpenAPI 3.1, and its references lead somewhere', async () => {
  const validator = new Validator();
  expect(await validator.validate(structuredClone({ ...document }))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const named = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !(name in document.components.schemas))).toEqual([]);
});

test('every operation has an id of its own, and a word for each part of its path', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  const unnamed = operations.filter(({ operation }) =>
    operation.parameters.some((parameter) => parameter.in === 'path' && !parameter.description),
  );
  expect(unnamed.map(({ route }) => route)).toEqual([]);
});
