import { z } from 'zod';
import { descriptionSchema, titleSchema } from '../tasks/task-fields.ts';
import { TASK_ID_MAX } from '../tasks/task-limits.ts';
import type { Task } from '../tasks/task-store.ts';

export const createTaskSchema = z.object({ title: titleSchema, description: descriptionSchema.default(null) });

export const changeTaskSchema = z
  .object({ title: titleSchema, description: descriptionSchema, completed: z.boolean() })
  .partial()
  .refine((change) => Object.values(change).some((value) => value !== undefined), {
    error: 'give a title, a description or completed',
  });

export const listTasksQuery = z.object({
  status: z.enum(['all', 'pending', 'completed']).default('all'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .regex(/^\d{1,10}$/, 'is not a cursor of this list')
    .transform(Number)
    .refine((id) => id <= TASK_ID_MAX, 'is not a cursor of this list')
    .optional(),
});

/** A task as our own API shows it. */
export function taskBody({ id, title, description, completed, createdAt, updatedAt }: Task) {
  return { id, title, description, completed, created_at: createdAt, updated_at: updatedAt };
}
