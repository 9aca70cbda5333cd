import { Hono } from 'hono';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import type { Task, TaskStore } from '../../../tasks/task-store.ts';
import type { AppContext, AppEnv } from '../../context.ts';
import { enforceLimits } from '../../enforce-limits.ts';
import { identifyCaller } from '../../identify-caller.ts';
import { parseBody, parseWith } from '../../parse-body.ts';
import { changeTaskSchema, createTaskSchema, taskBody } from '../../task-input.ts';
import { actForUser, userIdField } from './act-for-user.ts';

const user = z.object({ user_id: userIdField });
export const userQuery = z.object({ user_id: z.string().optional() });
export const phase3TasksQuery = userQuery.extend({ status: z.enum(['all', 'pending', 'completed']).default('all') });
export const phase3CreateSchema = createTaskSchema.and(user);
export const phase3ChangeSchema = changeTaskSchema.and(user);

/** `/api/tasks` (seed 002): the tasks of the caller, or of the user that a trusted caller names in the body or the query. */
export const phase3Tasks = new Hono<AppEnv>();

phase3Tasks.use('/*', identifyCaller('tasks'));

phase3Tasks.get('/', async (c) => {
  const { status, user_id } = parseWith(phase3TasksQuery, c.req.query(), 'query');
  return c.json((await tasksOf(c, user_id).list(status)).map(taskBody));
});

phase3Tasks.post('/', enforceLimits, async (c) => {
  const { title, description, user_id } = await parseBody(c, phase3CreateSchema);
  return c.json(taskBody(await tasksOf(c, user_id).add({ title, description })), 201);
});

phase3Tasks.get('/:task_id', async (c) => found(c, await tasksOf(c).get(idOf(c))));

phase3Tasks.put('/:task_id', enforceLimits, async (c) => {
  const { title, description, completed, user_id } = await parseBody(c, phase3ChangeSchema);
  const change = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(completed !== undefined && { completed }),
  };
  return found(c, await tasksOf(c, user_id).update(idOf(c), change));
});

phase3Tasks.delete('/:task_id', enforceLimits, async (c) => {
  if (!(await tasksOf(c).remove(idOf(c)))) throw notFound();
  return c.body(null, 204);
});

/** Sets it, however often. */
phase3Tasks.patch('/:task_id/complete', enforceLimits, async (c) =>
  found(c, await tasksOf(c).update(idOf(c), { completed: true })),
);

function tasksOf(c: AppContext, userId?: z.infer<typeof userIdField>): TaskStore {
  const { tasks } = c.get('services');
  if (!tasks) throw new AppError('archive_unavailable', 'Tasks need a database, and this deployment has none.');
  return tasks(actForUser(c, userId ?? parseWith(userQuery, c.req.query(), 'query').user_id));
}

/** What is no number is the id of no task, like a number that was never given. */
function idOf(c: AppContext): number {
  const id = c.req.param('task_id') ?? '';
  return /^\d+$/.test(id) ? Number(id) : Number.NaN;
}

function found(c: AppContext, task: Task | null): Response {
  if (!task) throw notFound();
  return c.json(taskBody(task));
}

const notFound = () => new AppError('task_not_found', 'Task not found');
