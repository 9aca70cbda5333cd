import type { UIMessage } from 'ai';
import { callerOf } from '../auth/caller.ts';
import type { Bill } from '../budgets/bill.ts';
import type { BudgetHold } from '../budgets/budget.ts';
import type { HeldTurn, UnplacedMessage } from '../journal/turn-journal.ts';
import type { TurnOptions } from '../journal/turn-options.ts';
import type { LimitDecision, LimitIdentities, RateLimits } from '../limits/rate-limits.ts';
import { clientTools, type ClientFunction } from '../tools/client-tools.ts';
import type { ToolHub, TurnTools } from '../tools/tool-hub.ts';
import { forgetfulJournal } from './forgetful-journal.ts';
import { holdBudget } from './hold-budget.ts';
import { runTurn, type TurnResult } from './run-turn.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';
import type { Viewer } from './viewer.ts';

export interface StatelessRequest {
  owner: string;
  /** The whole conversation, oldest first; the last message is the one to be answered, or holds the results of the client's functions. */
  messages: readonly UIMessage[];
  functions: readonly ClientFunction[];
  options: TurnOptions;
}

export interface StatelessTurn {
  turnId: string;
  decision: LimitDecision;
  /** Null when the rate limit refuses. A client that leaves ends the turn: nobody could read the rest. */
  run: ((viewer: Viewer) => Promise<TurnResult>) | null;
}

type Services = TurnServices & { limits: RateLimits; newId(): string };

/** A turn of a conversation that the client keeps: nothing is stored. Limits, budgets and tool catalogues are asked for side by side: one round trip to Redis. */
export async function statelessTurn(
  services: Services,
  policy: TurnPolicy,
  request: StatelessRequest,
  identities: LimitIdentities,
): Promise<StatelessTurn> {
  const turnId = `turn_${services.newId()}`;
  const [decision, alongside, budget] = await Promise.all([
    services.limits.take(identities),
    request.options.serverNames?.length === 0 ? [] : services.tools.readCatalogues(callerOf(request.owner)),
    holdBudget(services, policy, request, identities.account, turnId),
  ]);
  const settle = (bill: Bill) => services.ledger.settle(bill, turnId);
  if (!decision.allowed && budget?.charge.limits.length) await settle({ charge: budget.charge, amounts: {}, micro: 0 });
  const held = heldTurn(services, request, turnId, alongside, budget);
  const forgetful: TurnServices = {
    ...services,
    journal: forgetfulJournal(settle),
    archive: null,
    // There is no session to name.
    titles: { write: () => Promise.resolve(null), keep: () => Promise.resolve() },
    memories: null,
    tools: withFunctions(services.tools, request.functions),
  };
  return {
    turnId: held.lease.turnId,
    decision,
    run: decision.allowed
      ? (viewer) => runTurn(forgetful, { ...policy, promptsOf: () => null, afterDepartureMs: 0 }, held, viewer)
      : null,
  };
}

function heldTurn(
  { clock }: Services,
  { owner, messages, options }: StatelessRequest,
  turnId: string,
  alongside: (string | null)[],
  budget: BudgetHold | null,
): HeldTurn {
  const createdAt = clock.now();
  const stored = messages.map((message, index) => ({
    ...unplaced(message, turnId, new Date(createdAt).toISOString()),
    position: index + 1,
  }));
  const userMessage = stored.pop();
  if (!userMessage) throw new Error('A turn needs a message to answer.');
  return {
    lease: { sessionId: turnId, turnId, epoch: 1 },
    session: {
      id: turnId,
      owner,
      title: null,
      metadata: {},
      memoryLimit: Math.max(1, stored.length),
      memoryTokens: null,
      systemPrompt: null,
      prompt: null,
      model: null,
      mcpServers: null,
      createdAt,
      revision: 0,
    },
    history: stored,
    recollection: null,
    userMessage,
    options,
    alongside,
    outboxId: null,
    answers: [],
    spent: null,
    budget,
  };
}

function unplaced(message: UIMessage, turnId: string, createdAt: string): UnplacedMessage {
  const { id } = message;
  return { v: 1, id, turn_id: turnId, status: 'complete', model: null, usage: null, created_at: createdAt, message };
}

/** The client's functions beside our tools, or in their place where a name is both's. Nobody could be asked about a tool that needs a person. */
function withFunctions(hub: ToolHub, functions: readonly ClientFunction[]): ToolHub {
  return {
    ...hub,
    async prepare(input): Promise<TurnTools> {
      const prepared = await hub.prepare({ ...input, sessionId: null });
      const unattended = Object.entries(prepared.tools).filter(([name]) => !prepared.needsApproval(name));
      return { ...prepared, tools: { ...Object.fromEntries(unattended), ...clientTools(functions) } };
    },
  };
}
