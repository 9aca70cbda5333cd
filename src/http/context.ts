import type { Context } from 'hono';
import type { Identity } from '../auth/identity.ts';
import type { Services } from '../services.ts';
import type { ErrorShape } from './error-shape.ts';

/** What middleware has put there for the handlers. */
export interface AppEnv {
  Bindings: Record<string, unknown>;
  Variables: {
    requestId: string;
    services: Services;
    caller: Identity;
    /** Where the path alone does not tell in which door's words errors are told. */
    errorShape: ErrorShape | undefined;
  };
}

export type AppContext = Context<AppEnv>;
