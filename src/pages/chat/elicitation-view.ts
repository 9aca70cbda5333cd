import { z } from 'zod';

const propertySchema = z.looseObject({
  type: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.string()).optional(),
  enumNames: z.array(z.string()).optional(),
  oneOf: z.array(z.looseObject({ const: z.string(), title: z.string().optional() })).optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
const formSchema = z.looseObject({
  properties: z.record(z.string(), propertySchema).default({}),
  required: z.array(z.string()).default([]),
});
const elicitationSchema = z.looseObject({
  elicitation_id: z.string(),
  tool_call_id: z.string(),
  answered: z.boolean(),
  requests: z.array(
    z.looseObject({
      key: z.string(),
      message: z.string(),
      schema: formSchema.optional(),
      url: z.url({ protocol: /^https?$/ }).optional(),
      host: z.string().optional(),
    }),
  ),
});
export type Elicitation = z.infer<typeof elicitationSchema>;

/** One field of the form that is made from a server's schema. */
export interface FormField {
  name: string;
  label: string;
  hint: string | null;
  kind: 'text' | 'number' | 'integer' | 'checkbox' | 'choice';
  choices: { value: string; label: string }[];
  required: boolean;
  initial: string | number | boolean | undefined;
}

/** Null when the part's data is nothing that this page can show. */
export function readElicitation(data: unknown): Elicitation | null {
  return elicitationSchema.safeParse(data).data ?? null;
}

export function fieldsOf(schema: z.infer<typeof formSchema> | undefined): FormField[] {
  if (!schema) return [];
  return Object.entries(schema.properties).map(([name, property]) => {
    const choices =
      property.oneOf?.map((choice) => ({ value: choice.const, label: choice.title ?? choice.const })) ??
      property.enum?.map((value, index) => ({ value, label: property.enumNames?.[index] ?? value })) ??
      [];
    return {
      name,
      label: property.title ?? name,
      hint: property.description ?? null,
      kind: kindOf(property.type, choices.length > 0),
      choices,
      required: schema.required.includes(name),
      initial: property.default,
    };
  });
}

function kindOf(type: string | undefined, hasChoices: boolean): FormField['kind'] {
  if (hasChoices) return 'choice';
  if (type === 'number' || type === 'integer') return type;
  return type === 'boolean' ? 'checkbox' : 'text';
}

/** What was filled in, as the schema's types; a field that was left empty is left out. */
export function contentOf(fields: readonly FormField[], filled: FormData): Record<string, unknown> {
  const entries = fields.flatMap(({ name, kind }): [string, unknown][] => {
    const value = filled.get(name);
    if (kind === 'checkbox') return [[name, value !== null]];
    if (typeof value !== 'string' || value === '') return [];
    return [[name, kind === 'number' || kind === 'integer' ? Number(value) : value]];
  });
  return Object.fromEntries(entries);
}
