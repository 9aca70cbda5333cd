import { client } from './client.ts';

/** A caller of its own, with documents to ingest. */
export function reader(url: string) {
  const cookie = `edgewise_visitor=${crypto.randomUUID()}`;
  const api = client(url, { cookie });
  return {
    ...api,
    json: async (path: string) => (await api.get(path)).json(),
    ingest: (body: unknown, path = '/knowledge/documents', more = {}) => api.send('POST', path, body, more),
    search: async (body: object) => (await api.send('POST', '/knowledge/search', body)).json(),
    raw: (path: string, body: BodyInit, type?: string) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        body,
        headers: { cookie, ...(type && { 'content-type': type }) },
      }),
  };
}

export const GUIDE =
  '# Guide\n\nWelcome.\n\n## Keys\n\nKeys are rotated every ninety days.\n\n## Billing\n\nInvoices come monthly.\n';
export const PERSIAN = '# راهنما\n\n## کلیدها\n\nکلیدها هر نود روز عوض می‌شوند.\n';
