import type { CallToolResult } from '@modelcontextprotocol/server';
import { characters } from '../tasks/task-fields.ts';
import { DESCRIPTION_MAX, TITLE_MAX } from '../tasks/task-limits.ts';
import type { Task } from '../tasks/task-store.ts';
import { toolAnswer } from './tool-answer.ts';

/** What the task tools say. A refusal is a normal result with `status: "error"`, which models and clients of these tools read. */
export const taskAnswers = {
  created: ({ id, title, description, completed }: Task) =>
    toolAnswer({ status: 'created', task_id: id, title, description, completed }),
  completed: ({ id, title }: Task) => toolAnswer({ status: 'completed', task_id: id, title, completed: true }),
  deleted: ({ id, title }: Task) => toolAnswer({ status: 'deleted', task_id: id, title }),
  updated: ({ id, title, description, completed }: Task) =>
    toolAnswer({ status: 'updated', task_id: id, title, description, completed }),

  /** Its text is the bare array, as clients of text expect; data has to be an object. */
  list(tasks: Task[]): CallToolResult {
    const items = tasks.map(({ id, title, description, completed, createdAt }) => ({
      id,
      title,
      description,
      completed,
      created_at: createdAt,
    }));
    return toolAnswer({ tasks: items }, items);
  },

  notFound: (id: number) =>
    refusal('TASK_NOT_FOUND', `Task ${id} was not found.`, {
      requested_task_id: id,
      suggestions: ['Call list_tasks to see the tasks and their ids.'],
    }),
  invalidTitle: (title: string) =>
    refusal('INVALID_TITLE', `The title must have 1 to ${TITLE_MAX} characters.`, {
      current_length: characters(title.trim()),
      max_length: TITLE_MAX,
      min_length: 1,
    }),
  invalidDescription: (description: string) =>
    refusal('INVALID_DESCRIPTION', `The description must have at most ${DESCRIPTION_MAX} characters.`, {
      current_length: characters(description),
      max_length: DESCRIPTION_MAX,
    }),
  nothingToUpdate: () => refusal('INVALID_REQUEST', 'Give a title, a description or both.', {}),
};

function refusal(code: string, message: string, details: Record<string, unknown>): CallToolResult {
  return toolAnswer({ status: 'error', code, message, details });
}
