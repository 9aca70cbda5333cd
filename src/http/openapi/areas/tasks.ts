import { z } from 'zod';
import { changeTaskSchema, createTaskSchema, listTasksQuery, type taskBody } from '../../task-input.ts';
import type { Area } from '../area.ts';

export const taskSchema = z
  .object({
    id: z.int(),
    title: z.string(),
    description: z.string().nullable(),
    completed: z.boolean(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Task' }) satisfies z.ZodType<ReturnType<typeof taskBody>>;

const path = { id: 'The number of the task.' };
const errors = ['task_not_found', 'archive_unavailable'] as const;

export const tasks: Area = {
  name: 'Tasks',
  description: "The caller's tasks. Somebody else's are not found.",
  operations: {
    'POST /tasks': {
      id: 'createTask',
      summary: 'Make a task',
      body: { schema: createTaskSchema, example: { title: 'Buy milk', description: 'Two litres' } },
      answers: { 201: { description: 'The task.', schema: taskSchema } },
      errors: ['archive_unavailable'],
    },
    'GET /tasks': {
      id: 'listTasks',
      summary: 'List tasks, newest first',
      query: listTasksQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({ tasks: z.array(taskSchema), cursor: z.string().nullable() }),
        },
      },
      errors: ['archive_unavailable'],
    },
    'GET /tasks/{id}': {
      id: 'readTask',
      summary: 'Read a task',
      path,
      answers: { 200: { description: 'The task.', schema: taskSchema } },
      errors,
    },
    'PATCH /tasks/{id}': {
      id: 'changeTask',
      summary: 'Change a task, or complete it',
      path,
      body: { schema: changeTaskSchema, example: { completed: true } },
      answers: { 200: { description: 'The task as it is now.', schema: taskSchema } },
      errors,
    },
    'DELETE /tasks/{id}': {
      id: 'deleteTask',
      summary: 'Delete a task',
      path,
      answers: { 204: { description: 'It is gone.' } },
      errors,
    },
  },
};
