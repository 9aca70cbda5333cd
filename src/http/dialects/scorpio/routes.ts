import { Hono } from 'hono';
import { version } from '../../../../package.json';
import type { AppEnv } from '../../context.ts';
import { enforceLimits } from '../../enforce-limits.ts';
import { identifyCaller } from '../../identify-caller.ts';
import { sendMessage, streamChat } from './chat.ts';
import { readFile, uploadFile, writeFile } from './files.ts';
import { searchFile } from './search-file.ts';
import { changeSession, createSession, deleteSession, listSessions, readSession, stopSession } from './sessions.ts';
import { executeTool, listResources, listTools, readResource } from './tools.ts';

/** `/api/v1` (seed 003). */
export const scorpioRoutes = new Hono<AppEnv>();

scorpioRoutes.get('/health', (c) => c.json({ code: 0, msg: 'healthy', data: { status: 'ok', version } }));

scorpioRoutes.use('/sessions/*', identifyCaller('chat'));
scorpioRoutes.post('/sessions', enforceLimits, createSession);
scorpioRoutes.get('/sessions', listSessions);
scorpioRoutes.get('/sessions/:id', readSession);
scorpioRoutes.put('/sessions/:id', enforceLimits, changeSession);
scorpioRoutes.delete('/sessions/:id', enforceLimits, deleteSession);
scorpioRoutes.post('/sessions/:id/stop', stopSession);

scorpioRoutes.use('/chat/*', identifyCaller('chat'));
scorpioRoutes.post('/chat/sse', streamChat);
scorpioRoutes.post('/chat/:id/message', sendMessage);

scorpioRoutes.use('/files/*', identifyCaller('files'));
scorpioRoutes.post('/files/read', readFile);
scorpioRoutes.post('/files/write', enforceLimits, writeFile);
scorpioRoutes.post('/files/search', enforceLimits, searchFile);
scorpioRoutes.post('/files/upload', enforceLimits, uploadFile);

scorpioRoutes.use('/tools/*', identifyCaller('tools'));
scorpioRoutes.get('/tools/list', listTools);
scorpioRoutes.post('/tools/execute', enforceLimits, executeTool);
scorpioRoutes.get('/tools/resources', listResources);
scorpioRoutes.get('/tools/resources/:uri{.+}', readResource);
