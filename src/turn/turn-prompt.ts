import type { ModelMessage, UIMessage } from 'ai';
import { resolveAttachments } from '../attachments/resolve-attachments.ts';
import type { HeldTurn } from '../journal/turn-journal.ts';
import { placeUnder } from '../memory/plan-recollection.ts';
import { portableMessage, providerOf } from '../memory/portable-message.ts';
import { selectWindow } from '../memory/select-window.ts';
import { toModelMessages } from '../model/to-model-messages.ts';
import { readContextPart } from '../tools/context-part.ts';
import type { TurnTools } from '../tools/tool-hub.ts';
import { limitsOf } from './limits-of.ts';
import type { TurnPolicy } from './turn-request.ts';
import type { TurnServices } from './turn-services.ts';

/** What a model is sent after its instructions: the window of the session's memory, the question, and what there is of the answer. */
export async function turnPrompt(
  { attachedOf, log }: Pick<TurnServices, 'attachedOf' | 'log'>,
  policy: TurnPolicy,
  { history, userMessage, options, session, recollection, lease }: HeldTurn,
  soFar: UIMessage | null,
  { tools }: TurnTools,
  modelId: string,
): Promise<ModelMessage[]> {
  const limits = limitsOf(policy, session, options);
  const window = selectWindow(history, limits, placeUnder(recollection, limits));
  const stored = [...window.messages, userMessage];
  const summary = stored[0] === undefined || stored[0].position === 1 ? null : recollection?.summary;
  const provider = providerOf(modelId);
  const remembered = stored.map((item, index) => {
    const message = portableMessage(item, provider);
    return index === 0 && summary ? withSummary(message, summary.text) : message;
  });
  const messages = await resolveAttachments(remembered, attachedOf(session), (cause) =>
    log('warn', 'attachments_unread', { turn_id: lease.turnId }, cause),
  );
  return toModelMessages(soFar ? [...messages, soFar] : messages, tools, readContextPart);
}

/** The summary leads the oldest message that is left: so no two messages of one role follow each other, which some models refuse. */
function withSummary(message: UIMessage, summary: string): UIMessage {
  const text = `[Summary of the earlier messages of this conversation, which are not shown any more]\n${summary}\n[End of the summary]\n\n`;
  return { ...message, parts: [{ type: 'text', text }, ...message.parts] };
}
