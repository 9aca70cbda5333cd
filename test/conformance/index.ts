// As in src/index.ts: it must have run before any other module loads.
// oxlint-disable-next-line import/no-unassigned-import
import '../../src/streams/install.ts';
import { Hono } from 'hono';
import type { AppEnv } from '../../src/http/context.ts';
import { guardMcp } from '../../src/http/guard-mcp.ts';
import { answerMcp } from '../../src/mcp/answer-mcp.ts';
import { createWiring } from '../../src/wiring.ts';
import { driveClient } from './drive-client.ts';
import { fixtureServer } from './fixture-server.ts';

const makeServices = createWiring();
const app = new Hono<AppEnv>();

// For tests alone: the guard and the server code of the product in front of fixtures, and a door to its tool hub.
app.use(async (c, next) => {
  c.set('services', makeServices(c.env, c.executionCtx));
  await next();
});
app.use('/mcp', guardMcp);
app.all('/mcp', (c) => answerMcp(c.req.raw, fixtureServer));
app.post('/client', async (c) => c.json(await driveClient(await c.req.json(), makeServices, c)));

export default app;
