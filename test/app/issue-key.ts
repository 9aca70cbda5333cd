import { client } from './client.ts';

/** The operator's token of Workers that tests of identity start. */
export const ADMIN_TOKEN = 'the-token-of-the-operator';

export interface IssuedKey {
  id: string;
  key: string;
}

export async function issueKey(url: string, body: Record<string, unknown> = {}): Promise<IssuedKey> {
  const response = await client(url, { 'x-admin-token': ADMIN_TOKEN }).send('POST', '/admin/keys', {
    name: 'a test',
    ...body,
  });
  if (response.status !== 201)
    throw new Error(`POST /admin/keys answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as IssuedKey;
}

/** A client with this key. */
export function withKey(url: string, key: string) {
  return client(url, { authorization: `Bearer ${key}` });
}
