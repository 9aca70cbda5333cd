import { Hono } from 'hono';
import type { AppEnv } from './context.ts';
import { enforceLimits } from './enforce-limits.ts';
import { identifyCaller } from './identify-caller.ts';
import { finishLoginHere, openLogin, readClientMetadata } from './oauth.ts';
import {
  listToolServers,
  readLogin,
  readSecret,
  removeLogin,
  removeSecret,
  startLogin,
  writeSecret,
} from './tool-servers.ts';

/** How callers get in to the tool servers that want to know who they are. */
export const loginRoutes = new Hono<AppEnv>();

loginRoutes.use('/tools/servers/*', identifyCaller('tools'));
loginRoutes.get('/tools/servers', listToolServers);
loginRoutes.get('/tools/servers/:name/login', readLogin);
loginRoutes.post('/tools/servers/:name/login', enforceLimits, startLogin);
loginRoutes.delete('/tools/servers/:name/login', enforceLimits, removeLogin);
loginRoutes.get('/tools/servers/:name/secret', readSecret);
loginRoutes.put('/tools/servers/:name/secret', enforceLimits, writeSecret);
loginRoutes.delete('/tools/servers/:name/secret', enforceLimits, removeSecret);

loginRoutes.get('/oauth/client-metadata.json', readClientMetadata);
loginRoutes.get('/oauth/login/:name', identifyCaller('tools'), enforceLimits, openLogin);
loginRoutes.get('/oauth/callback', finishLoginHere);
