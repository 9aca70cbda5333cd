import type { AppContext, AppEnv } from './context.ts';

/** What services may know of the request that they are made for. */
export interface RequestFacts {
  id: string;
  /** Where we were reached. */
  origin: string;
  headers: Headers;
  /** Whose request it is; undefined where that is not asked. */
  owner(): string | undefined;
}

export function requestFacts(c: AppContext): RequestFacts {
  return {
    id: c.get('requestId'),
    origin: new URL(c.req.url).origin,
    headers: c.req.raw.headers,
    owner() {
      const caller: AppEnv['Variables']['caller'] | undefined = c.get('caller');
      return caller?.owner;
    },
  };
}
