import { AppError } from '../errors.ts';
import type { Seal } from '../seal/seal.ts';
import { beginLogin } from './begin-login.ts';
import { revokeLogin } from './end-login.ts';
import { finishLogin, type LoginAnswer } from './finish-login.ts';
import { LoginFailedError } from './login-errors.ts';
import { credentialKey, type LoginServer } from './login-server.ts';
import { loginFlowSchema, parseLogin, type LoginFlow } from './oauth-login.ts';
import { scopesOfNextLogin } from './missing-scopes.ts';
import { requestAuth, type AuthOptions, type RequestAuth } from './request-auth.ts';

/** Who comes back from a login: the caller, where that is known, and the cookie that the browser got when the login began. */
export interface LoginVisitor {
  owner: string | null;
  browser: string | null;
}

/** What callers are to tool servers. Nothing that is stored here can be read back by anybody. */
export interface ServerLogins {
  requestAuth(owner: string, server: LoginServer): RequestAuth | null;
  /** Whether `owner` has logged in to, or stored a secret for, each of these servers. */
  status(owner: string, servers: readonly LoginServer[]): Promise<boolean[]>;
  /** The address at which a person logs in. Throws LoginFailedError. */
  begin(by: LoginVisitor & { owner: string }, server: LoginServer, origin: string): Promise<string>;
  /** Ends what `begin` began, once. Null when nothing was begun under this state by this caller. Throws LoginFailedError. */
  finish(by: LoginVisitor, state: string, answer: LoginAnswer): Promise<LoginServer | null>;
  keepSecret(owner: string, server: LoginServer, secret: string): Promise<void>;
  /** Forgets the login or secret. */
  forget(owner: string, server: LoginServer): Promise<void>;
}

export interface LoginsOptions extends AuthOptions {
  seal: Seal | null;
  servers: readonly LoginServer[];
  refuseAddress(url: URL): string | null;
  /** Told that what a server showed this caller so far may not hold any more. */
  onChange(owner: string, server: LoginServer): Promise<void>;
}

export function serverLogins(options: LoginsOptions): ServerLogins {
  const { memory, fetch, newId, now, servers, onChange } = options;

  /** Throws AppError `configuration_error` with the name of the missing variable. */
  function configured() {
    const { credentials, seal, missing } = options;
    if (credentials && seal) return { credentials, seal };
    const problem = `Callers cannot log in to tool servers here: ${missing} is not set.`;
    throw new AppError('configuration_error', `The deployment is not configured correctly. ${problem}`);
  }

  return {
    requestAuth: (owner, server) => requestAuth(owner, server, options),
    async status(owner, ofServers) {
      if (!options.credentials) return ofServers.map(() => false);
      return options.credentials.has(ofServers.map((server) => credentialKey(owner, server)));
    },
    async begin({ owner, browser }, server, origin) {
      const { credentials, seal } = configured();
      if (server.auth?.type !== 'oauth') throw new LoginFailedError('is not one to log in to');
      const state = newId();
      const { refuseAddress } = options;
      const stored = await credentials.get(credentialKey(owner, server));
      const moreScopes = scopesOfNextLogin(stored && parseLogin(stored.text));
      const begun = await beginLogin(server, server.auth, {
        origin,
        fetch,
        credentials,
        now,
        state,
        refuseAddress,
        moreScopes,
      });
      const flow: LoginFlow = { ...begun.flow, owner, browser };
      await memory.keepFlow(state, await seal.seal(JSON.stringify(flow), state));
      return begun.url;
    },
    async finish(by, state, answer) {
      const { credentials, seal } = configured();
      const sealed = await memory.takeFlow(state);
      const text = sealed && (await seal.unseal(sealed, state));
      if (!text) return null;
      const flow = loginFlowSchema.parse(JSON.parse(text));
      const isSameCaller = flow.owner === by.owner || (flow.browser !== null && flow.browser === by.browser);
      const server = servers.find(({ name, url }) => name === flow.serverName && url === flow.serverUrl);
      if (!isSameCaller || !server) return null;
      const login = await finishLogin(flow, answer, { fetch, now });
      await credentials.put(credentialKey(flow.owner, server), flow.owner, JSON.stringify(login));
      await onChange(flow.owner, server);
      return server;
    },
    async keepSecret(owner, server, secret) {
      const { credentials } = configured();
      await credentials.put(credentialKey(owner, server), owner, secret);
      await onChange(owner, server);
    },
    async forget(owner, server) {
      const { credentials } = configured();
      const key = credentialKey(owner, server);
      const stored = await credentials.getStored(key);
      await credentials.remove(key);
      await onChange(owner, server);
      const login = server.auth?.type === 'oauth' && stored ? parseLogin(stored.text) : null;
      // The person is logged out whatever the authorization server makes of it.
      if (login) await revokeLogin(login, fetch).catch(() => {});
    },
  };
}
