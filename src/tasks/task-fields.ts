import { z } from 'zod';
import { DESCRIPTION_MAX, TITLE_MAX } from './task-limits.ts';

/** Counts as Postgres does. */
export function characters(text: string): number {
  return Array.from(text).length;
}

/** What a task's title must be, at every door: the text without outer white space. */
export const titleSchema = z
  .string()
  .trim()
  .refine((title) => title.length > 0 && characters(title) <= TITLE_MAX, {
    error: `must have 1 to ${TITLE_MAX} characters`,
  });

/** An empty description is none. */
export const descriptionSchema = z
  .string()
  .nullable()
  .refine((text) => text === null || characters(text) <= DESCRIPTION_MAX, {
    error: `must have at most ${DESCRIPTION_MAX} characters`,
  })
  .transform((text) => text || null);
