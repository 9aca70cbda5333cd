import { expect, test } from 'vitest';
import { mcpServers } from '../../src/tools/mcp-servers.ts';

const parse = (server: object) =>
  mcpServers(JSON.stringify({ mcpServers: { far: { url: 'https://far.example/mcp', ...server } } }), {}, []);

test.each<[object, string]>([
  [{ auth: { type: 'magic' } }, 'MCP_SERVERS.mcpServers.far.auth'],
  [{ auth: { type: 'userSecret' } }, 'MCP_SERVERS.mcpServers.far.auth.header'],
  [{ auth: { type: 'clientCredentials', clientId: 'a' } }, 'MCP_SERVERS.mcpServers.far.auth.clientSecret'],
  [
    {
      auth: {
        type: 'clientCredentials',
        clientId: 'a',
        clientSecret: 'hidden',
        privateKey: '-----BEGIN PRIVATE KEY-----',
      },
    },
    'MCP_SERVERS.mcpServers.far.auth.clientSecret',
  ],
  [
    { auth: { type: 'clientCredentials', clientId: 'a', privateKey: 'hidden' } },
    'MCP_SERVERS.mcpServers.far.auth.privateKey',
  ],
  [{ auth: { type: 'oauth', clientSecret: 'hidden' } }, 'MCP_SERVERS.mcpServers.far.auth.clientId'],
  [{ forwardHeaders: ['authorization'] }, 'MCP_SERVERS.mcpServers.far.forwardHeaders'],
  [{ forwardHeaders: [{ name: 'cookie' }] }, 'MCP_SERVERS.mcpServers.far.forwardHeaders'],
])('%j is refused with its place, and without a value', (server, place) => {
  expect(() => parse(server)).toThrow(place);
  expect(() => parse(server)).not.toThrow('hidden');
});
