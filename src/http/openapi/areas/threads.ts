import { z } from 'zod';
import { exportQuery, searchSessionsQuery } from '../../threads.ts';
import type { Area } from '../area.ts';
import { sessionSchema } from './sessions.ts';

const snippet = z.object({
  text: z.string(),
  highlights: z.array(z.array(z.int()).length(2)).describe('Where in `text` the words stand: from, to.'),
});

export const threads: Area = {
  name: 'Threads',
  description: 'What was said in sessions, however long ago: found, taken out, brought in.',
  operations: {
    'GET /sessions/search': {
      id: 'searchSessions',
      summary: 'Find messages by their words',
      description:
        'All words must be there; of the last one its beginning is enough. Persian and Arabic forms are one.',
      query: searchSessionsQuery,
      answers: {
        200: {
          description: 'A page, newest first.',
          schema: z.object({
            messages: z.array(
              z.object({
                session_id: z.string(),
                title: z.string().nullable(),
                message_id: z.string(),
                turn_id: z.string(),
                role: z.string(),
                created_at: z.iso.datetime(),
                snippet,
              }),
            ),
            cursor: z.string().nullable(),
          }),
        },
      },
      errors: ['memory_unavailable', 'archive_unavailable'],
    },
    'GET /sessions/{id}/export': {
      id: 'exportSession',
      summary: 'Take a whole thread out',
      path: { id: 'The id of the session.' },
      query: exportQuery,
      answers: { 200: { description: 'The thread.', types: ['application/x-ndjson', 'text/markdown'] } },
      errors: ['session_not_found', 'memory_unavailable', 'archive_unavailable'],
    },
    'POST /sessions/import': {
      id: 'importSession',
      summary: 'Make a session of an exported thread',
      body: { types: ['application/x-ndjson'], example: '{"kind":"session","v":1,"title":"Groceries"}\n' },
      answers: { 201: { description: 'The new session.', schema: sessionSchema } },
      errors: ['archive_unavailable'],
    },
  },
};
