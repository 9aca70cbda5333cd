import type { Caller } from '../auth/caller.ts';
import type { RequestAuth } from '../logins/request-auth.ts';
import type { ServerLogins } from '../logins/server-logins.ts';
import type { McpServerConfig } from './mcp-servers.ts';

/** How one caller gets in to one server. */
export interface ServerEntry {
  /** Whose catalogue it is: what a server shows may depend on who asks. `''` when it shows everybody the same. */
  principal: string;
  /** Of the caller's request, for this server. */
  headers: Readonly<Record<string, string>>;
  /** Required ones that the request does not have. */
  missingHeaders: string[];
  auth: RequestAuth | null;
}

export interface EntryOptions {
  logins: Pick<ServerLogins, 'requestAuth'>;
  /** The headers of the request that is being answered, if it is this owner's; null when it is somebody else's, or there is none. */
  headersOf(owner: string): Headers | null;
}

export function serverEntry(server: McpServerConfig, { owner }: Caller, options: EntryOptions): ServerEntry {
  const { auth, forwardHeaders = [] } = server;
  const sent = forwardHeaders.length > 0 ? options.headersOf(owner) : null;
  const found = forwardHeaders.map(({ name, required }) => ({ name, required, value: sent?.get(name) || null }));
  const present = found.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  const isPersonal = forwardHeaders.length > 0 || auth?.type === 'oauth' || auth?.type === 'userSecret';
  return {
    principal: isPersonal ? JSON.stringify([owner, present]) : '',
    headers: Object.fromEntries(present),
    missingHeaders: found.filter(({ required, value }) => required && value === null).map(({ name }) => name),
    auth: options.logins.requestAuth(owner, server),
  };
}

/** Those of the chosen servers that need a header which the request does not have, in a sentence; null when none does. */
export function missingHeadersSentence(
  servers: readonly McpServerConfig[],
  caller: Caller,
  options: EntryOptions,
): string | null {
  const sentences = servers.flatMap((server) => {
    const { missingHeaders } = serverEntry(server, caller, options);
    return missingHeaders.length === 0 ? [] : [`The tool server "${server.name}" ${needsHeaders(missingHeaders)}.`];
  });
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** The end of a sentence about a server. */
export function needsHeaders(names: readonly string[]): string {
  return `needs the request ${names.length === 1 ? 'header' : 'headers'} ${names.join(', ')}`;
}
