import type { Access } from './auth/access.ts';
import type { Caller } from './auth/caller.ts';
import type { IdentitySources } from './auth/identify-credential.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { CodeInterpreter } from './code/code-interpreter.ts';
import type { Env } from './env.ts';
import type { BypassList } from './limits/bypass-list.ts';
import type { Knowledge } from './knowledge/open-knowledge.ts';
import type { RateLimits } from './limits/rate-limits.ts';
import type { ServerLogins } from './logins/server-logins.ts';
import type { SessionStore } from './memory/session-store.ts';
import type { ModelCatalogue } from './model/model-catalogue.ts';
import type { Counters } from './observe/counters.ts';
import type { Tally } from './observe/tally.ts';
import type { PromptSet } from './prompts/prompt-library.ts';
import type { Seal } from './seal/seal.ts';
import type { TaskStore } from './tasks/task-store.ts';
import type { TurnPolicy } from './turn/turn-request.ts';
import type { TurnServices } from './turn/turn-services.ts';
import type { Workspace } from './workspace/workspace.ts';

/** Everything a handler can ask for during one request. Made by `wiring.ts`, which alone knows the vendors. */
export interface Services extends TurnServices {
  env: Env;
  access: Access;
  identitySources: IdentitySources;
  /** The only way to sessions: bound to the caller. */
  sessions(caller: Caller): SessionStore;
  /** Null without a database. */
  tasks: ((caller: Caller) => TaskStore) | null;
  /** As the turn of a chat session sees them when one is named, and whole otherwise. Null without a database. */
  files: ((caller: Caller, chat?: string | null) => Workspace) | null;
  /** Null without a database. */
  catalogue: ((caller: Caller) => Catalogue) | null;
  /** By owner, since what is shared has one that is no caller. Null without a database. */
  knowledge: ((owner: string) => Knowledge) | null;
  /** With the files that this chat session sees, if one is named. Null without a database. */
  code: ((caller: Caller, chat?: string | null) => CodeInterpreter) | null;
  /** Null without SEALING_KEYS. */
  seal: Seal | null;
  limits: RateLimits;
  bypass: BypassList;
  models: ModelCatalogue;
  /** The prompt library. */
  prompts: readonly PromptSet[];
  policy: TurnPolicy;
  counters: Counters;
  tally: Tally;
  /** One question to each thing that we depend on; they reject when it does not answer. */
  probes: { database?: () => Promise<void> };
  /** Where we are reached: `PUBLIC_URL`, or as this request found us; '' outside of one. */
  origin: string;
  logins: ServerLogins;
  newId(): string;
  /** The built pages; null where the deployment has none. */
  assets: ((request: Request) => Promise<Response>) | null;
  /** When this isolate answered its first request, in milliseconds since the epoch. */
  startedAt: number;
}
