import { userTexts } from './conversation.ts';
import type { ChatMessage } from './model-request.ts';

const NAME = /\b(?:my name is|call me|i am called)\s+([\p{L}][\p{L}'’-]*)/iu;
const IS_QUESTION = /\bwhat(?:'s| is|’s)\s+my name\b|\bwho am i\b|\bdo you (?:know|remember) my name\b/i;

const FACT_QUESTION = /\bwhat(?:'s| is| are|’s)\s+my\s+([\p{L}\p{N} ]{2,40}?)\s*\?\s*$/iu;

/** Answers to questions about the conversation itself, from the messages of the request alone; null for everything else. */
export function recall(messages: readonly ChatMessage[]): string | null {
  const said = userTexts(messages);
  const last = said.at(-1) ?? '';
  const earlier = said.slice(0, -1);
  if (IS_QUESTION.test(last)) return recallName(said);
  const name = NAME.exec(last)?.[1];
  if (name)
    return `Nice to meet you, **${name}**! Ask me later what your name is: I will find it in the session's memory.`;
  if (
    /\bfirst\b.*\b(?:message|say|said|ask|asked|question)\b|\b(?:message|say|said|ask|asked)\b.*\bfirst\b/i.test(last)
  ) {
    return quote('The first message I can see from you is', earlier[0] ?? last);
  }
  if (/\b(?:last|previous)\b.*\b(?:message|question)\b|\bwhat did i (?:just )?(?:say|ask)\b/i.test(last)) {
    return earlier.length === 0
      ? 'This is the first message I can see from you.'
      : quote('Before this one you wrote', earlier.at(-1) ?? '');
  }
  if (/\bhow many messages\b/i.test(last)) return `I can see ${said.length} of your messages, this one included.`;
  if (/\b(?:your|the) (?:system prompt|instructions?)\b/i.test(last)) return recallInstructions(messages);
  const asked = FACT_QUESTION.exec(last)?.[1];
  return asked ? recallFact(said, asked) : null;
}

/** What was said last about it; also in a summary, which leads one of the messages. */
function recallFact(said: string[], subject: string): string {
  const fact = new RegExp(`\\bmy ${subject} (?:is|are) ([^.!?\\n]+)`, 'iu');
  const found = said.map((text) => fact.exec(text)?.[1]).findLast(Boolean);
  return found
    ? `Your ${subject} is **${found.trim()}**. You told me earlier in this session.`
    : `I do not know your ${subject}: nothing that I can see says it.`;
}

function recallName(said: string[]): string {
  const name = said.map((text) => NAME.exec(text)?.[1]).findLast(Boolean);
  return name
    ? `Your name is **${name}**. You told me earlier in this session.`
    : 'I do not know your name: none of the messages that I can see says it. Tell me, for example: *My name is Sara.*';
}

function recallInstructions(messages: readonly ChatMessage[]): string {
  const instructions = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  return instructions.length === 0
    ? 'I was given no instructions for this answer.'
    : quote('My instructions are', instructions.join('\n'));
}

function quote(introduction: string, text: string): string {
  return `${introduction}:\n\n> ${text.replaceAll('\n', '\n> ')}`;
}
