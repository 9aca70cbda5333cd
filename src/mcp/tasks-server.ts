import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { descriptionSchema, titleSchema } from '../tasks/task-fields.ts';
import { TITLE_MAX } from '../tasks/task-limits.ts';
import type { TaskStore } from '../tasks/task-store.ts';
import { taskAnswers } from './task-answers.ts';
import { safeAnswer } from './tool-answer.ts';

/** The list is the same for every caller and changes only with a deployment. */
const LIST_CACHE = { ttlMs: 5 * 60_000, cacheScope: 'public' } as const;

const user_id = z
  .string()
  .nullish()
  .describe('Not needed: tasks are those of the caller. Only a trusted service names the user that it acts for.');
const task_id = z
  .preprocess((value) => (typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value), z.int())
  .describe('The id of the task, as list_tasks gives it.');
const title = z.string().describe(`1 to ${TITLE_MAX} characters.`);
const status = z.enum(['all', 'pending', 'completed']).catch('all').default('all').describe('Which tasks to list.');

/** The tasks of the caller, or of a user that it names and may act for. */
export type TasksOf = (userId: string | null | undefined) => TaskStore;

/**
 * The task tools of one caller. Names, arguments and results are those of the task manager that clients of these tools know. Title and
 * description are checked by the handlers and not by the input schemas, because a wrong one is answered as a result.
 */
export function tasksServer(tasksOf: TasksOf, onError: (error: unknown) => void): McpServer {
  const info = { name: 'edgewise-tasks', title: 'Tasks', version: '1.0.0' };
  const server = new McpServer(info, { cacheHints: { 'tools/list': LIST_CACHE } });

  server.registerTool(
    'add_task',
    {
      title: 'Add a task',
      description: 'Creates a new task.',
      inputSchema: z.object({ user_id, title, description: z.string().nullish() }),
      annotations: { destructiveHint: false, openWorldHint: false },
    },
    (input) => safeAnswer(addTask(tasksOf(input.user_id), input), onError),
  );
  server.registerTool(
    'list_tasks',
    {
      title: 'List tasks',
      description: 'Lists the tasks, newest first.',
      inputSchema: z.object({ user_id, status }),
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    (input) => safeAnswer(tasksOf(input.user_id).list(input.status).then(taskAnswers.list), onError),
  );
  server.registerTool(
    'complete_task',
    {
      title: 'Complete a task',
      description: 'Marks a task as completed.',
      inputSchema: z.object({ user_id, task_id }),
      annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    (input) => safeAnswer(completeTask(tasksOf(input.user_id), input.task_id), onError),
  );
  server.registerTool(
    'delete_task',
    {
      title: 'Delete a task',
      description: 'Deletes a task for good.',
      inputSchema: z.object({ user_id, task_id }),
      // Not idempotent: a second call says that there is no such task.
      annotations: { destructiveHint: true, openWorldHint: false },
    },
    (input) => safeAnswer(deleteTask(tasksOf(input.user_id), input.task_id), onError),
  );
  server.registerTool(
    'update_task',
    {
      title: 'Change a task',
      description: 'Changes the title or the description of a task; what is left out stays as it is.',
      inputSchema: z.object({
        user_id,
        task_id,
        title: title.nullish(),
        description: z.string().nullish().describe('An empty one removes the description.'),
      }),
      annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    (input) => safeAnswer(updateTask(tasksOf(input.user_id), input.task_id, input), onError),
  );
  return server;
}

/** Models send null for what they leave out. */
interface TaskInput {
  title?: string | null | undefined;
  description?: string | null | undefined;
}

async function addTask(tasks: TaskStore, input: TaskInput & { title: string }) {
  const title = titleSchema.safeParse(input.title);
  if (!title.success) return taskAnswers.invalidTitle(input.title);
  const description = descriptionSchema.safeParse(input.description ?? null);
  if (!description.success) return taskAnswers.invalidDescription(input.description ?? '');
  return taskAnswers.created(await tasks.add({ title: title.data, description: description.data }));
}

async function completeTask(tasks: TaskStore, id: number) {
  const task = await tasks.update(id, { completed: true });
  return task ? taskAnswers.completed(task) : taskAnswers.notFound(id);
}

async function deleteTask(tasks: TaskStore, id: number) {
  const task = await tasks.remove(id);
  return task ? taskAnswers.deleted(task) : taskAnswers.notFound(id);
}

async function updateTask(tasks: TaskStore, id: number, input: TaskInput) {
  const title = titleSchema.optional().safeParse(input.title ?? undefined);
  if (!title.success) return taskAnswers.invalidTitle(input.title ?? '');
  const description = descriptionSchema.optional().safeParse(input.description ?? undefined);
  if (!description.success) return taskAnswers.invalidDescription(input.description ?? '');
  if (title.data === undefined && description.data === undefined) return taskAnswers.nothingToUpdate();
  const task = await tasks.update(id, {
    ...(title.data !== undefined && { title: title.data }),
    ...(description.data !== undefined && { description: description.data }),
  });
  return task ? taskAnswers.updated(task) : taskAnswers.notFound(id);
}
