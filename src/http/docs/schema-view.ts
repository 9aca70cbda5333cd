import { html, raw } from 'hono/html';
import type { JsonSchema } from '../openapi/api-document.ts';
import { codeText } from './code-text.ts';

const REFERENCE = '#/components/schemas/';

/** A schema as a table of its fields, nested where its parts have fields of their own. */
export function schemaView(schema: JsonSchema): ReturnType<typeof html> {
  const fields = fieldsOf(schema);
  if (!fields) return html`<p class="type">${typeText(schema)}</p>`;
  const { properties = {}, required = [] } = fields;
  const rows = Object.entries(properties).map(([name, field]) =>
    typeof field === 'object' ? fieldRow(name, field, required.includes(name)) : '',
  );
  return rows.length === 0
    ? html`<p class="type">object</p>`
    : html`<ul class="fields">
        ${rows}
      </ul>`;
}

function fieldRow(name: string, field: JsonSchema, required: boolean) {
  const nested = fieldsOf(field);
  return html`<li>
    <code class="name">${name}</code>
    <span class="type">${typeText(field)}</span>${required ? html` <span class="required">required</span>` : ''}
    ${limitsOf(field)}${field.description ? html` <span>${codeText(field.description)}</span>` : ''}
    ${nested?.properties ? schemaView(nested) : ''}
  </li>`;
}

/** The object schema behind a schema, an array of it or a choice with null. */
function fieldsOf(schema: JsonSchema): JsonSchema | null {
  if (schema.properties) return schema;
  if (isSchema(schema.items)) return fieldsOf(schema.items);
  const choices = (schema.anyOf ?? []).filter((choice) => choice.type !== 'null');
  const [only] = choices;
  return choices.length === 1 && only ? fieldsOf(only) : null;
}

function typeText(schema: JsonSchema): ReturnType<typeof html> | string {
  if (schema.$ref) {
    const name = schema.$ref.slice(REFERENCE.length);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' · ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return html`${choices.map((choice, index) => html`${index > 0 ? ' or ' : ''}${typeText(choice)}`)}`;
  if (schema.type === 'array') return html`array of ${isSchema(schema.items) ? typeText(schema.items) : 'anything'}`;
  const type = [schema.type ?? 'anything'].flat().join(' or ');
  return schema.format ? `${type} (${schema.format})` : type;
}

function limitsOf(schema: JsonSchema) {
  const limits = [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ' characters'),
    range(schema.minItems, schema.maxItems, ' entries'),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ].filter(Boolean);
  return limits.length > 0 ? html` <span class="limits">${limits.join('; ')}</span>` : raw('');
}

function range(least: number | undefined, most: number | undefined, unit: string): string {
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  if (high === undefined) return low === undefined ? '' : `at least ${low}${unit}`;
  return low === undefined ? `at most ${high}${unit}` : `${low} to ${high}${unit}`;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
