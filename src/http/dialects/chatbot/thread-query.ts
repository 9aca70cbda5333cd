import { z } from 'zod';
import { actFor } from '../../../auth/act-for.ts';
import type { Caller } from '../../../auth/caller.ts';
import { AppError } from '../../../errors.ts';
import type { AppContext } from '../../context.ts';
import { parseWith } from '../../parse-body.ts';

/** Clients send an empty id for none. */
export const threadId = z.string().max(64).optional();
/** Clients of old name their user; only a trusted caller is believed. */
export const userId = z.string().optional();

export const threadQuery = z.object({ thread_id: threadId, user_id: userId });

export function callerFor(c: AppContext): Caller {
  return actFor(c.get('caller'), c.req.query('user_id'));
}

/** The thread that a request is about. Throws AppError `validation_error` without one. */
export function threadOf(c: AppContext): string {
  const { thread_id } = parseWith(threadQuery, c.req.query(), 'query');
  if (!thread_id) throw threadMissing();
  return thread_id;
}

export function threadMissing(): AppError {
  const message = 'Thread ID is missing. Please provide a thread_id in the query parameters.';
  return new AppError('validation_error', message);
}
