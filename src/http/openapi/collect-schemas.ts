import { z } from 'zod';
import type { JsonSchema } from './api-document.ts';

export interface SchemaCollection {
  /** The schema as JSON Schema; the named ones in it (`meta({ id })`) are collected and referred to. */
  add(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** What was collected, by name. */
  named(): Record<string, JsonSchema>;
}

export function collectSchemas(): SchemaCollection {
  const found = new Map<string, JsonSchema>();
  return {
    add(schema, io) {
      const made = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: allowMore });
      const { $schema: _, $defs = {}, ...rest } = pointToComponents(made);
      for (const [name, definition] of Object.entries($defs)) found.set(name, definition);
      return rest;
    },
    named: () => Object.fromEntries([...found].sort(([one], [other]) => one.localeCompare(other))),
  };
}

/** Answers may grow fields: what is checked against the document has to bear with that. */
function allowMore({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

function pointToComponents(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/');
  const pointed: JsonSchema = JSON.parse(text);
  return pointed;
}
