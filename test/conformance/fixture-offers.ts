import { completable, ResourceTemplate, type GetPromptResult, type McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { TINY_PNG } from './tiny-media.ts';

type PromptContent = GetPromptResult['messages'][number]['content'];

const said = (...contents: PromptContent[]): GetPromptResult => ({
  messages: contents.map((content) => ({ role: 'user', content })),
});
const text = (words: string): PromptContent => ({ type: 'text', text: words });

/** The resources and prompts that the suite reads. */
export function registerFixtureOffers(server: McpServer): void {
  server.registerResource('static-text', 'test://static-text', { mimeType: 'text/plain' }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
  }));
  server.registerResource('static-binary', 'test://static-binary', { mimeType: 'image/png' }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'image/png', blob: TINY_PNG }],
  }));
  server.registerResource('watched', 'test://watched-resource', { mimeType: 'text/plain' }, ({ href: uri }) => ({
    contents: [{ uri, mimeType: 'text/plain', text: 'Nothing has changed.' }],
  }));
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { mimeType: 'application/json' },
    ({ href: uri }, { id }) => {
      const data = { id, templateTest: true, data: `Data for ID: ${String(id)}` };
      return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(data) }] };
    },
  );

  server.registerPrompt('test_simple_prompt', { description: 'Without arguments.' }, () =>
    said(text('This is a simple prompt for testing.')),
  );
  const arg1 = completable(z.string(), (start) => ['paris', 'park', 'party'].filter((word) => word.startsWith(start)));
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'With two arguments.', argsSchema: z.object({ arg1, arg2: z.string() }) },
    ({ arg1, arg2 }) => said(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'With a resource.', argsSchema: z.object({ resourceUri: z.string() }) },
    ({ resourceUri: uri }) =>
      said(
        { type: 'resource', resource: { uri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' } },
        text('Please process the embedded resource above.'),
      ),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'With an image.' }, () =>
    said({ type: 'image', data: TINY_PNG, mimeType: 'image/png' }, text('Please analyze the image above.')),
  );
}
