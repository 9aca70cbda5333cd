import { z } from 'zod';

const schema = z.looseObject({
  type: z.unknown(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
});

/** The names under which tools ask for the same thing; the first is taken when a tool does not say. */
const NAMES = {
  id: ['task_id', 'taskId', 'id'],
  title: ['title', 'name', 'text', 'content', 'summary', 'task'],
  status: ['status', 'filter', 'state'],
} as const;

export type Known = Partial<Record<keyof typeof NAMES, string>>;

/** Arguments that fit a tool's JSON Schema: what is known, and a sample for whatever else is required. */
export function fillArguments(parameters: unknown, known: Known, sampleText: string): Record<string, unknown> {
  const { properties = {}, required = [] } = schema.safeParse(parameters).data ?? {};
  const filled: Record<string, unknown> = {};
  for (const meaning of ['id', 'title', 'status'] as const) {
    const value = known[meaning];
    if (value === undefined) continue;
    const name = NAMES[meaning].find((candidate) => candidate in properties);
    if (name !== undefined) filled[name] = converted(value, properties[name]);
    else if (Object.keys(properties).length === 0) filled[NAMES[meaning][0]] = value;
  }
  for (const name of required) filled[name] ??= sample(properties[name], sampleText);
  return filled;
}

function converted(value: string, property: unknown): unknown {
  const { type } = schema.safeParse(property).data ?? {};
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && /^-?\d+$/.test(value) ? Number(value) : value;
}

function sample(property: unknown, text: string): unknown {
  const parsed = schema.safeParse(property).data;
  if (parsed?.enum) return parsed.enum[0];
  if (parsed?.default !== undefined) return parsed.default;
  switch (parsed?.type) {
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return fillArguments(property, {}, text);
    default:
      return text;
  }
}
