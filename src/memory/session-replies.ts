import { z } from 'zod';
import { questionSchema } from './question.ts';
import type { TurnState } from './session-store.ts';

const nullable = z.string().nullable();

/** What `readSessionScript` answers. */
export const sessionReply = z.union([
  z.tuple([
    z.tuple([z.string(), z.string(), z.string(), nullable]),
    z.tuple([nullable, nullable, nullable, nullable, nullable]),
    z.array(z.string()),
    z.number(),
  ]),
  z.literal(0),
  z.null(),
]);

type TurnFields = [status: string | null, lease: string | null, door: string | null, questions: string | null];

export function turnDetails([status, lease, door, questions]: TurnFields, now: number) {
  const state = turnState(status, Number(lease) > now);
  const waiting =
    state === 'awaiting' && questions !== null
      ? { questions: z.array(questionSchema).parse(JSON.parse(questions)), expiresAt: Number(lease) }
      : null;
  return { door: door ?? 'own', state, waiting };
}

/** Whether the turn is produced by somebody is told by its lease. */
function turnState(status: string | null, leased: boolean): TurnState {
  if (status === 'awaiting') return leased ? 'awaiting' : 'suspended';
  if (status === 'running') return leased ? 'running' : 'suspended';
  return status === 'suspended' || status === 'pending' ? status : 'ended';
}
