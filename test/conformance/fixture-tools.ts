import { fromJsonSchema, type CallToolResult, type McpServer } from '@modelcontextprotocol/server';
import { TINY_PNG, TINY_WAV } from './tiny-media.ts';

type Content = CallToolResult['content'][number];

const png: Content = { type: 'image', data: TINY_PNG, mimeType: 'image/png' };
const fixedAnswers: Record<string, Content[]> = {
  test_simple_text: [{ type: 'text', text: 'This is a simple text response for testing.' }],
  test_image_content: [png],
  test_audio_content: [{ type: 'audio', data: TINY_WAV, mimeType: 'audio/wav' }],
  test_embedded_resource: [
    {
      type: 'resource',
      resource: {
        uri: 'test://embedded-resource',
        mimeType: 'text/plain',
        text: 'This is an embedded resource content.',
      },
    },
  ],
  test_multiple_content_types: [
    { type: 'text', text: 'Multiple content types test:' },
    png,
    {
      type: 'resource',
      resource: {
        uri: 'test://mixed-content-resource',
        mimeType: 'application/json',
        text: JSON.stringify({ test: 'data', value: 123 }),
      },
    },
  ],
};

/** What the suite calls. The tools that ask their client something are missing: without a session there is no way to ask in that era. */
export function registerFixtureTools(server: McpServer): void {
  for (const [name, content] of Object.entries(fixedAnswers)) {
    server.registerTool(name, { description: `Answers what the suite expects of ${name}.` }, () => ({ content }));
  }
  server.registerTool('test_error_handling', { description: 'Fails.' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  server.registerTool(
    'test_tool_with_logging',
    { description: 'Logs while it works.' },
    async ({ mcpReq }): Promise<CallToolResult> => {
      for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await mcpReq.log('info', data);
        await pause();
      }
      return { content: [{ type: 'text', text: 'Logged three times.' }] };
    },
  );
  server.registerTool(
    'test_tool_with_progress',
    { description: 'Tells how far it is.' },
    async ({ mcpReq }): Promise<CallToolResult> => {
      const { _meta: meta } = mcpReq;
      const progressToken = meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          await mcpReq.notify({ method: 'notifications/progress', params: { progressToken, progress, total: 100 } });
        }
        await pause();
      }
      return { content: [{ type: 'text', text: 'All 100 done.' }] };
    },
  );
  server.registerTool(
    'json_schema_2020_12_tool',
    {
      description: 'Tool with JSON Schema 2020-12 features',
      inputSchema: fromJsonSchema({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        $defs: {
          address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
        },
        properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
        additionalProperties: false,
      }),
    },
    () => ({ content: [] }),
  );
}

/** The suite wants to see notifications while the tool runs, and not all of them with the answer. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
