import { Hono } from 'hono';
import type { AppEnv } from '../context.ts';
import { readArchive, retryArchive } from './archive.ts';
import { addBypass, listBypass, removeBypass } from './bypass.ts';
import { issueKey, listKeys, revokeKey } from './keys.ts';
import { requireAdmin } from './require-admin.ts';
import { runtime } from './runtime.ts';
import { listUsage } from './usage.ts';

/** What is for whoever runs the deployment: everything under `/admin`, behind ADMIN_TOKEN. */
export const adminRoutes = new Hono<AppEnv>();

adminRoutes.use('/*', requireAdmin);
adminRoutes.get('/runtime', runtime);
adminRoutes.get('/usage', listUsage);
adminRoutes.get('/keys', listKeys);
adminRoutes.post('/keys', issueKey);
adminRoutes.delete('/keys/:id', revokeKey);
adminRoutes.get('/archive', readArchive);
adminRoutes.post('/archive/retry', retryArchive);
adminRoutes.get('/bypass', listBypass);
adminRoutes.post('/bypass', addBypass);
adminRoutes.delete('/bypass/:ip', removeBypass);
