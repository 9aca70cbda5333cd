import { Hono } from 'hono';
import type { AppEnv } from '../../context.ts';
import { enforceLimits } from '../../enforce-limits.ts';
import { identifyCaller } from '../../identify-caller.ts';
import { deleteThread, newThread, setThreadTopic, stopThread } from './change-thread.ts';
import { bearerOnly, vaultNamed } from './check-headers.ts';
import { streamResponse } from './stream-response.ts';
import { getThread, getUserThreads } from './threads.ts';

const HELP = {
  streamresponse: 'Answers `input` as lines of JSON; `thread_id` goes on with a thread, `chatbot` names the model.',
  stop: 'Stops the answer that the thread `thread_id` is giving.',
  getthread: 'Everything that was said in `thread_id`.',
  getuserthreads: 'Your newest threads, `num_threads` of them from `page` on, and how many there are.',
  availablechatbots: 'The names of the models, the default one first.',
};

/** `/api/chatbot` (seed 004). */
export const chatbotRoutes = new Hono<AppEnv>();

chatbotRoutes.get('/ping', (c) => c.json({ status: 'ok' }));
chatbotRoutes.get('/docs', (c) => c.json(['Every route is described in /openapi.json, and on the page /docs.']));
chatbotRoutes.get('/help', (c) => c.json(HELP));

chatbotRoutes.use('/*', bearerOnly, identifyCaller('chat'));
chatbotRoutes.get('/heartbeat', (c) => c.json({ ok: true }));
chatbotRoutes.get('/availablechatbots', (c) => {
  const names = c
    .get('services')
    .models.list()
    .map(({ id }) => id);
  return c.json(names);
});
chatbotRoutes.get('/stop', stopThread);
chatbotRoutes.post('/stop', stopThread);
chatbotRoutes.get('/getthread', vaultNamed, getThread);
chatbotRoutes.get('/getuserthreads', vaultNamed, getUserThreads);
chatbotRoutes.get('/streamresponse', vaultNamed, streamResponse);
chatbotRoutes.get('/newthread', enforceLimits, newThread);
chatbotRoutes.get('/setthreadtopic', enforceLimits, setThreadTopic);
chatbotRoutes.get('/deletethread', enforceLimits, deleteThread);
