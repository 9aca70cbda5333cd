import { z } from 'zod';
import { chargeSchema, type BudgetHold } from '../budgets/budget.ts';
import { readStanding } from '../budgets/read-standing.ts';
import { parseRecollection } from '../memory/recollection.ts';
import { sessionSchema } from '../memory/session.ts';
import { parseStoredMessage } from '../memory/stored-message.ts';
import { answerSchema } from '../memory/question.ts';
import type { AnswerResult, AppendResult, BeginResult, BeginTurn, ClaimResult, StopResult } from './turn-journal.ts';
import { turnOptionsSchema } from './turn-options.ts';

// What the scripts answer, read into the port's types. Strings come as they are, numbers as numbers.
const text = z.string();
const texts = z.array(text);
const nullable = z.array(text.nullable());

const numbers = z.array(z.number());

const begunReply = z.tuple([
  z.literal('begun'),
  z.number(),
  z.number(),
  text,
  text,
  z.number(),
  texts,
  nullable,
  z.number(),
  z.number(),
  numbers,
  text,
]);
const overspentReply = z.tuple([z.literal('overspent'), z.number(), z.number(), z.number(), numbers]);
const notBegunReply = z.union([
  z.tuple([z.enum(['missing', 'crowded'])]),
  z.tuple([z.enum(['replay', 'busy', 'unfinished']), text]),
]);

export function readBegin(request: BeginTurn, reply: unknown): BeginResult {
  const parsed = z.union([begunReply, notBegunReply, overspentReply]).parse(reply);
  if (parsed.length === 1) return { kind: parsed[0] };
  if (parsed[0] === 'overspent') {
    const [kind, number, tokens, micro, standing] = parsed;
    return { kind, refused: number - 1, needed: { tokens, micro }, standing: readStanding(standing) };
  }
  if (parsed[0] !== 'begun') return { kind: parsed[0], turnId: parsed[1] };
  const [, epoch, position, session, outboxId, created, history, alongside, tokens, micro, standing, recollection] =
    parsed;
  const { budget } = request;
  return {
    kind: 'begun',
    lease: { sessionId: request.sessionId, turnId: request.turnId, epoch },
    session: sessionSchema.parse(JSON.parse(session)),
    history: history.map(parseStoredMessage),
    recollection: parseRecollection(recollection || null),
    userMessage: { ...request.message, position },
    options: request.options,
    alongside,
    outboxId: outboxId || null,
    created: created === 1,
    answers: [],
    spent: null,
    budget: budget
      ? { charge: budget.charge, reserved: { tokens, micro }, standing: readStanding(standing), alive: true }
      : null,
  };
}

const claimedReply = z.tuple([
  z.literal('claimed'),
  z.number(),
  text,
  text,
  text,
  z.number(),
  texts,
  nullable,
  text,
  z.number(),
  z.number(),
  text,
  text,
  text,
  text,
  z.number(),
]);
const notClaimedReply = z.tuple([z.enum(['missing', 'held', 'awaiting', 'ended'])]);

export function readClaim(sessionId: string, turnId: string, reply: unknown): ClaimResult {
  const parsed = z.union([claimedReply, notClaimedReply]).parse(reply);
  if (parsed[0] !== 'claimed') return { kind: parsed[0] };
  const [
    ,
    epoch,
    session,
    outboxId,
    options,
    stop,
    messages,
    alongside,
    answers,
    unanswered,
    rested,
    recollection,
    ...held
  ] = parsed;
  const stored = messages.map(parseStoredMessage);
  const userMessage = stored.find((message) => message.turn_id === turnId);
  if (!userMessage) return { kind: 'missing' };
  return {
    kind: 'claimed',
    stop: stop === 1,
    unanswered: unanswered === 1,
    producers: epoch - rested,
    answers: z.array(answerSchema).parse(JSON.parse(answers)),
    spent: stored.find((message) => message.turn_id === turnId && message !== userMessage)?.usage ?? null,
    lease: { sessionId, turnId, epoch },
    session: sessionSchema.parse(JSON.parse(session)),
    history: stored.filter(({ position }) => position < userMessage.position),
    recollection: parseRecollection(recollection || null),
    userMessage,
    options: turnOptionsSchema.parse(JSON.parse(options)),
    alongside,
    outboxId: outboxId || null,
    budget: readHold(...held),
  };
}

/** Null for a turn that is charged to nobody, or began before there were charges. */
function readHold(charge: string, reserved: string, standing: string, alive: number): BudgetHold | null {
  if (charge === '') return null;
  const [tokens = 0, micro = 0] = reserved.split(' ').map(Number);
  const known = standing === '' ? [] : standing.split(' ').map(Number);
  return {
    charge: chargeSchema.parse(JSON.parse(charge)),
    reserved: { tokens, micro },
    standing: readStanding(known),
    alive: alive === 1,
  };
}

const appendReply = z.union([z.tuple([z.literal(0)]), z.tuple([z.literal(1), z.number()])]);

export function readAppend(reply: unknown): AppendResult {
  const parsed = appendReply.parse(reply);
  return parsed[0] === 0 ? { held: false } : { held: true, stop: parsed[1] === 1 };
}

const endReply = z.union([z.tuple([z.literal(0)]), z.tuple([z.literal(1), z.number(), text])]);

/** The place of the message (0 = there was none) and its outbox id; null when the lease was lost. */
export function readEnd(reply: unknown): { position: number; outboxId: string | null } | null {
  const parsed = endReply.parse(reply);
  return parsed[0] === 0 ? null : { position: parsed[1], outboxId: parsed[2] || null };
}

const stopReply = z.union([z.tuple([z.literal('idle')]), z.tuple([z.enum(['asked', 'orphaned']), text])]).nullable();

export function readStop(reply: unknown): StopResult {
  const parsed = stopReply.parse(reply);
  if (!parsed) return { kind: 'missing' };
  return parsed[0] === 'idle' ? { kind: 'idle' } : { kind: parsed[0], turnId: parsed[1] };
}

const answerReply = z.union([
  z.tuple([z.literal('missing')]),
  z.tuple([z.literal('unknown'), text]),
  z.tuple([z.enum(['closed', 'expired']), text, text]),
  z.tuple([z.enum(['open', 'ready']), text, text, z.number()]),
]);

export function readAnswer(reply: unknown): AnswerResult {
  const parsed = answerReply.parse(reply);
  if (parsed[0] === 'missing') return { kind: 'missing' };
  if (parsed[0] === 'unknown') return { kind: 'unknown', id: parsed[1] };
  if (parsed[0] === 'open' || parsed[0] === 'ready') {
    const [kind, turnId, seq, left] = parsed;
    return { kind, turnId, seq: Number(seq), left };
  }
  return { kind: parsed[0], id: parsed[1], turnId: parsed[2] };
}

const waitReply = z.union([z.tuple([z.literal([0, 2])]), z.tuple([z.literal(1), z.number()])]);

/** The place of the message, `stop`, or null when the lease was lost. */
export function readWait(reply: unknown): number | 'stop' | null {
  const parsed = waitReply.parse(reply);
  if (parsed[0] === 1) return parsed[1];
  return parsed[0] === 2 ? 'stop' : null;
}
