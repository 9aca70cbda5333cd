import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalError } from '../local-error.ts';

export interface IngestArguments {
  folder: string;
  library: string;
  /** Without a slash at the end. */
  url: string;
  /** Who the documents will belong to: everybody, or the key's owner. */
  headers: Record<string, string>;
  shared: boolean;
}

const USAGE = `Usage: npm run ingest -- FOLDER [--library NAME] [--url http://127.0.0.1:8787] [--shared]
Documents belong to the owner of the API key in EDGEWISE_API_KEY; with --shared and ADMIN_TOKEN all callers read them.`;

/** Throws LocalError for an argument that is unknown or wrong, and when nobody would own the documents. */
export function readArguments(args: string[], env: Record<string, string | undefined>): IngestArguments {
  const { values, positionals } = parse(args);
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) throw new LocalError(`Name one folder. ${USAGE}`);
  const url = values.url ?? 'http://127.0.0.1:8787';
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new LocalError(`--url is not an address. ${USAGE}`);
  const { EDGEWISE_API_KEY: key, ADMIN_TOKEN: token } = env;
  const shared = values.shared ?? false;
  if (shared && !token) throw new LocalError(`--shared needs ADMIN_TOKEN. ${USAGE}`);
  if (!shared && !key) throw new LocalError(`Set EDGEWISE_API_KEY, or share with --shared. ${USAGE}`);
  const headers = { ...(key && { 'x-api-key': key }), ...(shared && token && { 'x-admin-token': token }) };
  return {
    folder,
    library: values.library ?? basename(resolve(folder)),
    url: url.replace(/\/+$/, ''),
    headers,
    shared,
  };
}

function parse(args: string[]) {
  const options = { library: { type: 'string' }, url: { type: 'string' }, shared: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (cause) {
    const problem = cause instanceof Error ? (cause.message.split('. ')[0] ?? '') : String(cause);
    throw new LocalError(`${problem.replace(/\.$/, '')}. ${USAGE}`, { cause });
  }
}
