import { AppError } from '../errors.ts';
import type { TaskStore } from '../tasks/task-store.ts';
import type { AppContext } from './context.ts';
import { parseBody, parseWith } from './parse-body.ts';
import { changeTaskSchema, createTaskSchema, listTasksQuery, taskBody } from './task-input.ts';

export async function createTask(c: AppContext): Promise<Response> {
  const { title, description } = await parseBody(c, createTaskSchema);
  return c.json(taskBody(await tasksOf(c).add({ title, description })), 201);
}

export async function listTasks(c: AppContext): Promise<Response> {
  const { status, limit, cursor } = parseWith(listTasksQuery, c.req.query(), 'query');
  // One more than is shown tells whether there is another page.
  const found = await tasksOf(c).list(status, { limit: limit + 1, belowId: cursor });
  const page = found.slice(0, limit);
  return c.json({ tasks: page.map(taskBody), cursor: found.length > limit ? String(page.at(-1)?.id) : null });
}

export async function readTask(c: AppContext): Promise<Response> {
  const task = await tasksOf(c).get(idOf(c));
  if (!task) throw taskNotFound(c);
  return c.json(taskBody(task));
}

export async function changeTask(c: AppContext): Promise<Response> {
  const { title, description, completed } = await parseBody(c, changeTaskSchema);
  const task = await tasksOf(c).update(idOf(c), {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(completed !== undefined && { completed }),
  });
  if (!task) throw taskNotFound(c);
  return c.json(taskBody(task));
}

export async function removeTask(c: AppContext): Promise<Response> {
  if (!(await tasksOf(c).remove(idOf(c)))) throw taskNotFound(c);
  return c.body(null, 204);
}

function tasksOf(c: AppContext): TaskStore {
  const { tasks } = c.get('services');
  if (!tasks) throw new AppError('archive_unavailable', 'Tasks need a database, and this deployment has none.');
  return tasks(c.get('caller'));
}

/** What is no number is the id of no task, like a number that was never given. */
function idOf(c: AppContext): number {
  const id = c.req.param('id') ?? '';
  return /^\d+$/.test(id) ? Number(id) : Number.NaN;
}

function taskNotFound(c: AppContext): AppError {
  return new AppError('task_not_found', `Task \`${c.req.param('id')}\` was not found`);
}
