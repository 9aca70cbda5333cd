import { Hono } from 'hono';
import type { AppEnv } from '../context.ts';
import { identifyCaller } from '../identify-caller.ts';
import { createCompletion } from './completions.ts';
import { createResponse } from './responses.ts';
import { listModels, readModel } from './models.ts';

/** What clients of OpenAI ask for, under `/v1`. */
export const openaiRoutes = new Hono<AppEnv>();

openaiRoutes.use('/*', identifyCaller('chat'));
openaiRoutes.post('/chat/completions', createCompletion);
openaiRoutes.post('/responses', createResponse);
openaiRoutes.get('/models', listModels);
openaiRoutes.get('/models/:id{.+}', readModel);
