import { z } from 'zod';
import { approvalsSchema, elicitationsSchema } from '../../answer-input.ts';
import { formatQuery } from '../../choose-format.ts';
import type { Area } from '../area.ts';
import { path, replySchema, STREAM_TYPES } from './turns.ts';

const answers = {
  200: {
    description: 'How the turn went on, as `POST /sessions/{id}/messages` answers.',
    schema: replySchema,
    types: STREAM_TYPES,
  },
  202: {
    description: 'There is more to answer.',
    schema: z.object({
      session_id: z.string(),
      turn_id: z.string(),
      status: z.literal('awaiting'),
      questions_left: z.int(),
    }),
  },
};
const errors = ['session_not_found', 'question_not_found', 'question_closed', 'question_expired'] as const;

export const questions: Area = {
  name: 'A person in the loop',
  description: 'What a turn waits for a person to say. It can be answered later, and from another device.',
  operations: {
    'POST /sessions/{id}/approvals': {
      id: 'answerApprovals',
      summary: 'Allow or refuse calls of tools',
      description:
        'One answer, or several as `approvals`: those count together or not at all. With the last one the turn goes on.',
      path,
      query: formatQuery,
      body: { schema: approvalsSchema, example: { approval_id: 'aitxt-0123456789', approved: true } },
      answers,
      errors,
    },
    'POST /sessions/{id}/elicitations': {
      id: 'answerElicitations',
      summary: "Tell a tool's server what it asks",
      description:
        'What it asks is in the `data-mcp-elicitation` part of the message. `replies` by their keys, where it asks several things at once.',
      path,
      query: formatQuery,
      body: {
        schema: elicitationsSchema,
        example: { elicitation_id: 'call_1:1', action: 'accept', content: { name: 'Ada' } },
      },
      answers,
      errors,
    },
  },
};
