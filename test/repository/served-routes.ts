import type { createApp } from '../../src/app.ts';

/** Every route of the router as documents write it; a route for all methods is MCP's, whose messages are posted. */
export function servedRoutes(app: ReturnType<typeof createApp>): string[] {
  const routes = app.routes
    .filter(({ path }) => !path.endsWith('*'))
    .map(({ method, path }) => `${method === 'ALL' ? 'POST' : method} ${path.replaceAll(/:(\w+)(\{.+?\})?/g, '{$1}')}`);
  return [...new Set(routes)].sort();
}
