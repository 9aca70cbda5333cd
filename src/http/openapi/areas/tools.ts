import { z } from 'zod';
import { executeToolSchema, readResourceQuery } from '../../tool-input.ts';
import type { Area } from '../area.ts';

const unavailable = z
  .array(z.object({ server: z.string(), reason: z.string() }))
  .describe('Servers that could not be asked, and why.');
const nullableText = z.string().nullable();

const toolSchema = z
  .object({
    name: z.string(),
    title: nullableText,
    description: nullableText,
    input_schema: z.record(z.string(), z.unknown()).describe('JSON Schema.'),
    server: z.string(),
    annotations: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Tool' });

const about = { name: z.string(), title: nullableText, description: nullableText, mime_type: nullableText };

export const toolsOfSessionSchema = z.object({
  session_id: z.string(),
  agent_name: z.string(),
  tools_count: z.int(),
  tools: z.array(toolSchema),
  mcp_server_names: z.array(z.string()),
  mcp_server_name: nullableText,
  unavailable,
});

export const tools: Area = {
  name: 'Tools',
  description: 'What the built-in and the configured MCP servers offer, without a chat.',
  operations: {
    'GET /tools': {
      id: 'listTools',
      summary: 'List tools',
      answers: { 200: { description: 'The tools.', schema: z.object({ tools: z.array(toolSchema), unavailable }) } },
    },
    'POST /tools/execute': {
      id: 'executeTool',
      summary: 'Call a tool as the caller',
      description: '`tool_name` and `parameters`, or `name` and `arguments`.',
      body: {
        schema: executeToolSchema,
        example: { tool_name: 'add_task', parameters: { title: 'Buy milk' } },
      },
      answers: {
        200: {
          description: "The tool's result as MCP has it, also when it says that something went wrong.",
          schema: z.object({ tool_name: z.string(), result: z.record(z.string(), z.unknown()) }),
        },
      },
      errors: ['unknown_tool', 'tool_refused', 'tool_denied', 'tool_unavailable'],
    },
    'GET /resources': {
      id: 'listResources',
      summary: 'List resources',
      answers: {
        200: {
          description: 'Resources and templates of addresses.',
          schema: z.object({
            resources: z.array(
              z.object({ uri: z.string(), ...about, size: z.number().nullable(), server: z.string() }),
            ),
            resource_templates: z.array(z.object({ uri_template: z.string(), ...about, server: z.string() })),
            unavailable,
          }),
        },
      },
    },
    'GET /resources/read': {
      id: 'readResource',
      summary: 'Read a resource',
      query: readResourceQuery,
      answers: {
        200: {
          description: 'What is at this address.',
          schema: z.object({
            uri: z.string(),
            contents: z.array(z.looseObject({ uri: z.string(), mime_type: nullableText })),
          }),
        },
      },
      errors: ['resource_not_found', 'tool_refused', 'tool_unavailable'],
    },
    'GET /prompts': {
      id: 'listPrompts',
      summary: 'List prompts',
      answers: {
        200: {
          description: 'The prompts.',
          schema: z.object({
            prompts: z.array(
              z.object({
                name: z.string(),
                title: nullableText,
                description: nullableText,
                arguments: z.array(z.object({ name: z.string(), description: nullableText, required: z.boolean() })),
                server: z.string(),
              }),
            ),
            library: z
              .array(z.object({ name: z.string(), examples: z.int() }))
              .describe('The sets of prompts that a session can name.'),
            unavailable,
          }),
        },
      },
    },
  },
};
