import { z } from 'zod';

/** What every success is wrapped in. */
export function enveloped(data: z.ZodType) {
  return z.object({ code: z.literal(0), msg: z.literal('success'), data });
}

export const wrappedErrorSchema = z
  .object({ detail: z.object({ code: z.int().describe('The status.'), msg: z.string(), data: z.null() }) })
  .meta({ id: 'WrappedError', description: 'A refusal in an envelope.' });

const about = { session_id: z.string(), title: z.string(), status: z.enum(['active', 'inactive']) };
const times = {
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  last_message_at: z.iso.datetime().nullable(),
};

export const newSessionSchema = z.object({
  session_id: z.string(),
  title: z.string(),
  created_at: z.iso.datetime(),
});
export const changedSessionSchema = z.object(about);
export const listedSessionsSchema = z.object({
  sessions: z.array(z.object({ ...about, ...times, message_count: z.int(), unread_message_count: z.literal(0) })),
});
export const wholeSessionSchema = z.object({
  ...about,
  ...times,
  messages: z.array(
    z.object({
      id: z.string(),
      role: z.string(),
      content: z.string(),
      timestamp: z.iso.datetime(),
      metadata: z.looseObject({}),
    }),
  ),
});
export const sentMessageSchema = z.object({
  message_id: z.string(),
  content: z.string(),
  timestamp: z.iso.datetime(),
});

const file = z.string().describe('The path, as it was given.');
export const fileReadSchema = z.object({ content: z.string(), line_count: z.int(), file });
export const fileWrittenSchema = z.object({ file, bytes_written: z.int() });
export const fileSearchedSchema = z.object({
  file,
  matches: z.array(z.object({ line_number: z.int(), line: z.string(), match: z.string() })),
  truncated: z.boolean(),
});
export const fileUploadedSchema = z.object({ file: z.string(), filename: z.string(), size: z.int() });

export const toolsListedSchema = z.object({
  tools: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      parameters: z.looseObject({}).describe('JSON Schema.'),
      source: z.enum(['built-in', 'mcp']),
    }),
  ),
});
export const toolExecutedSchema = z.object({
  tool_name: z.string(),
  result: z.looseObject({}).describe("The tool's result as MCP has it."),
});
export const resourcesListedSchema = z.object({
  resources: z.array(
    z.object({
      uri: z.string(),
      name: z.string(),
      description: z.string(),
      mime_type: z.string().nullable(),
      source: z.literal('mcp'),
    }),
  ),
});
export const resourceSchema = z.object({ uri: z.string(), content: z.string() });
