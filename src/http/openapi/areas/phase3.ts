import { z } from 'zod';
import { phase3ChangeSchema, phase3CreateSchema, phase3TasksQuery, userQuery } from '../../dialects/phase3/tasks.ts';
import type { Area } from '../area.ts';
import { taskSchema } from './tasks.ts';

export const phase3ReplySchema = z
  .object({
    conversation_id: z.string(),
    response: z.string(),
    tool_calls: z.array(z.object({ name: z.string(), arguments: z.unknown(), result: z.unknown() })),
  })
  .meta({ id: 'ConversationReply', description: 'A whole turn, for a body with `message`.' });

const detailSchema = z
  .object({ detail: z.string(), code: z.string() })
  .meta({ id: 'DetailAndCode', description: 'A refusal: a sentence and a code.' });

const path = { task_id: 'The number of the task.' };
const errors = ['task_not_found', 'archive_unavailable'] as const;
const task = { 200: { description: 'The task.', schema: taskSchema } };

export const phase3: Area = {
  name: 'Task manager',
  description:
    'Tasks as clients of an earlier task manager know them: bare objects and arrays. A trusted key (scope `impersonate`) names its user by `user_id`; from others the name changes nothing. Its chat is `POST /api/chat` with `message`.',
  errorSchema: detailSchema,
  operations: {
    'GET /api/tasks': {
      id: 'listTasksOfUser',
      summary: 'List tasks as an array, newest first',
      query: phase3TasksQuery,
      answers: { 200: { description: 'The tasks.', schema: z.array(taskSchema) } },
      errors: ['archive_unavailable'],
    },
    'POST /api/tasks': {
      id: 'createTaskOfUser',
      summary: 'Make a task',
      body: { schema: phase3CreateSchema, example: { title: 'Buy groceries', user_id: 'user_123' } },
      answers: { 201: { description: 'The task.', schema: taskSchema } },
      errors: ['archive_unavailable'],
    },
    'GET /api/tasks/{task_id}': {
      id: 'readTaskOfUser',
      summary: 'Read a task',
      path,
      query: userQuery,
      answers: task,
      errors,
    },
    'PUT /api/tasks/{task_id}': {
      id: 'changeTaskOfUser',
      summary: 'Change a task',
      path,
      body: { schema: phase3ChangeSchema, example: { title: 'Buy groceries and milk' } },
      answers: task,
      errors,
    },
    'DELETE /api/tasks/{task_id}': {
      id: 'deleteTaskOfUser',
      summary: 'Delete a task',
      path,
      query: userQuery,
      answers: { 204: { description: 'It is gone.' } },
      errors,
    },
    'PATCH /api/tasks/{task_id}/complete': {
      id: 'completeTaskOfUser',
      summary: 'Complete a task, however often',
      path,
      query: userQuery,
      answers: task,
      errors,
    },
  },
};
