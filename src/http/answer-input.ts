import { z } from 'zod';
import type { Answer } from '../memory/question.ts';

const ANSWERS_MAX = 128;
const REASON_MAX_CHARACTERS = 1000;
const CONTENT_MAX_CHARACTERS = 64_000;

const id = z.string().min(1).max(256);
const reason = z.string().max(REASON_MAX_CHARACTERS).optional();

const approval = z
  .object({ approval_id: id, approved: z.boolean(), reason })
  .transform(({ approval_id, approved, reason }): Answer => ({
    id: approval_id,
    kind: 'approval',
    approved,
    ...(reason !== undefined && { reason }),
  }));

const content = z
  .record(z.string(), z.unknown())
  .refine((value) => JSON.stringify(value).length <= CONTENT_MAX_CHARACTERS, {
    message: `must not be larger than ${CONTENT_MAX_CHARACTERS} characters of JSON`,
  })
  .optional();
const reply = { action: z.enum(['accept', 'decline', 'cancel']), content };

const elicitation = z
  .object({ elicitation_id: id, ...reply, replies: z.record(z.string(), z.object(reply)).optional() })
  .transform(({ elicitation_id, action, content, replies }): Answer => ({
    id: elicitation_id,
    kind: 'elicitation',
    rest: { action, ...(content && { content }) },
    ...(replies && { replies }),
  }));

const once = (answers: Answer[]) => new Set(answers.map((answer) => answer.id)).size === answers.length;
const listOf = (answer: z.ZodType<Answer>) =>
  z.array(answer).min(1).max(ANSWERS_MAX).refine(once, { message: 'must answer each question once' });

/** One of them, or several as `approvals`: those count together or not at all. */
export const approvalsSchema = z
  .looseObject({ approvals: z.array(z.unknown()).optional() })
  .transform(({ approvals, ...one }) => approvals ?? [one])
  .pipe(listOf(approval));

export const elicitationList = listOf(elicitation);

export const elicitationsSchema = z
  .looseObject({ elicitations: z.array(z.unknown()).optional() })
  .transform(({ elicitations, ...one }) => elicitations ?? [one])
  .pipe(elicitationList);

/** What `useChat` sends of a message in which the person has answered; only the decisions are looked at. */
const answeredPart = z
  .looseObject({
    state: z.literal('approval-responded'),
    approval: z.looseObject({ id, approved: z.boolean(), reason, isAutomatic: z.literal(false).optional() }),
  })
  .transform(({ approval: { id, approved, reason } }): Answer => ({
    id,
    kind: 'approval',
    approved,
    ...(reason !== undefined && { reason }),
  }));

export const answeredMessage = z
  .object({ role: z.literal('assistant'), parts: z.array(z.unknown()) })
  .transform(({ parts }) => parts.flatMap((part) => answeredPart.safeParse(part).data ?? []));
