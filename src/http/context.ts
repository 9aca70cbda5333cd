import type { Context } from 'hono';
import type { Caller } from '../auth/caller.ts';
import type { Services } from '../services.ts';

/** What middleware has put there for the handlers. */
export interface AppEnv {
  Bindings: Record<string, unknown>;
  Variables: { requestId: string; services: Services; caller: Caller };
}

export type AppContext = Context<AppEnv>;
