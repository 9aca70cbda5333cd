import { expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { mcpServers } from '../../src/tools/mcp-servers.ts';

const config = (servers: unknown) => JSON.stringify({ mcpServers: servers });

test('built-in servers come first, then the configured ones by name', () => {
  const text = config({
    zoo: { url: 'https://zoo.example/mcp' },
    docs: { url: 'https://docs.example/mcp', type: 'http' },
  });
  expect(mcpServers(text, {}, ['tasks'])).toEqual([
    { name: 'tasks', url: 'http://built-in.invalid/mcp/tasks', headers: {}, builtIn: true },
    { name: 'docs', url: 'https://docs.example/mcp', headers: {}, builtIn: false },
    { name: 'zoo', url: 'https://zoo.example/mcp', headers: {}, builtIn: false },
  ]);
  expect(mcpServers(undefined, {}, [])).toEqual([]);
});

test('references are replaced by secrets, wherever they stand', () => {
  const text = config({
    docs: {
      url: 'https://docs.example/${TENANT}/mcp',
      headers: { authorization: 'Bearer ${DOCS_TOKEN}', plain: '$5' },
    },
  });
  const bindings = { TENANT: 'acme', DOCS_TOKEN: 'a"b$&\\' };
  expect(mcpServers(text, bindings, [])).toMatchObject([
    { url: 'https://docs.example/acme/mcp', headers: { authorization: 'Bearer a"b$&\\', plain: '$5' } },
  ]);
});

test.each([
  ['not JSON', '{', 'MCP_SERVERS: not JSON'],
  ['no servers', '{}', 'MCP_SERVERS.mcpServers: '],
  ['a bad name', config({ Docs: { url: 'https://a.example' } }), 'MCP_SERVERS.mcpServers.Docs: '],
  ['no address', config({ docs: {} }), 'MCP_SERVERS.mcpServers.docs.url: '],
  ['a command', config({ docs: { command: 'npx' } }), 'MCP_SERVERS.mcpServers.docs.url: '],
  ['another scheme', config({ docs: { url: 'file:///etc/passwd' } }), 'MCP_SERVERS.mcpServers.docs.url: '],
  [
    'a password in the address',
    config({ docs: { url: 'https://u:hunter2@a.example' } }),
    'MCP_SERVERS.mcpServers.docs.url: ',
  ],
  [
    'a header that is no text',
    config({ docs: { url: 'https://a.example', headers: { a: 1 } } }),
    'MCP_SERVERS.mcpServers.docs.headers.a: ',
  ],
  [
    'an unknown secret',
    config({ docs: { url: 'https://a.example', headers: { a: '${NONE}' } } }),
    'MCP_SERVERS.mcpServers.docs.headers.a: there is no secret NONE',
  ],
  [
    'the name of a built-in server',
    config({ tasks: { url: 'https://a.example' } }),
    'MCP_SERVERS.mcpServers.tasks.url: the name of',
  ],
])('%s is refused with its place and without its value', (_what, text, place) => {
  const parse = () => mcpServers(text, {}, ['tasks']);
  expect(parse).toThrowError(AppError);
  expect(parse).toThrowError(
    expect.objectContaining({ code: 'configuration_error', message: expect.stringContaining(place) }),
  );
  expect(parse).not.toThrowError(/hunter2|passwd/);
});

test('a server says when a person is asked about its tools; of a built-in one an entry says nothing else', () => {
  const text = config({
    docs: { url: 'https://docs.example/mcp', approval: 'ask', trusted: true, tools: { 'delete_*': 'deny' } },
    tasks: { tools: { delete_task: 'ask' } },
  });
  expect(mcpServers(text, {}, ['tasks', 'files'])).toMatchObject([
    { name: 'tasks', builtIn: true, tools: { delete_task: 'ask' } },
    { name: 'files', builtIn: true },
    { name: 'docs', approval: 'ask', trusted: true, tools: { 'delete_*': 'deny' } },
  ]);
  const wrong = config({ docs: { url: 'https://docs.example/mcp', tools: { a: 'perhaps' } } });
  expect(() => mcpServers(wrong, {}, [])).toThrow('MCP_SERVERS.mcpServers.docs.tools.a: ');
});
