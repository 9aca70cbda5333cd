import { expect, test } from 'vitest';
import { findAuthorization } from '../../src/logins/authorization-server.ts';
import { outgoingFetch } from '../../src/tools/outgoing-fetch.ts';

const NO_CHALLENGE = { resourceMetadataUrl: undefined, scopes: [] };

test.each([
  'http://169.254.169.254/',
  'https://metadata.google.internal',
  'https://10.0.0.1',
  'https://localhost:8443',
])('in production nothing is asked at %s, whoever points there', async (internal) => {
  const asked: string[] = [];
  const answering = async (url: string | URL) => {
    asked.push(new URL(url).hostname);
    return Response.json({ resource: 'https://tools.example/mcp', authorization_servers: [internal] });
  };
  const fetch = outgoingFetch(answering, { development: false, timeoutMs: 1000 });
  const found = findAuthorization('https://tools.example/mcp', fetch, NO_CHALLENGE);
  await expect(found).rejects.toMatchObject({ reason: 'does not say properly where to log in' });
  const challenge = { resourceMetadataUrl: new URL(internal), scopes: [] };
  await expect(findAuthorization('https://tools.example/mcp', fetch, challenge)).rejects.toThrow('where to log in');
  expect(new Set(asked)).toEqual(new Set(['tools.example']));
});
