import { McpServer } from '@modelcontextprotocol/server';
import { registerFixtureOffers } from './fixture-offers.ts';
import { registerFixtureTools } from './fixture-tools.ts';

/** The server that the conformance suite wants to meet: it looks for tools, resources and prompts by these names. */
export function fixtureServer(): McpServer {
  const server = new McpServer(
    { name: 'conformance-fixtures', version: '1.0.0' },
    { capabilities: { logging: {}, resources: { subscribe: true }, completions: {} } },
  );
  registerFixtureTools(server);
  registerFixtureOffers(server);
  // Nothing here ever changes: a subscription is accepted, and has nothing to say.
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
  return server;
}
