import type { Context } from 'hono';
import type { Identity } from '../auth/identity.ts';
import type { Services } from '../services.ts';

/** What middleware has put there for the handlers. */
export interface AppEnv {
  Bindings: Record<string, unknown>;
  Variables: { requestId: string; services: Services; caller: Identity };
}

export type AppContext = Context<AppEnv>;
