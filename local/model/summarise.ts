import { lastUserText } from './conversation.ts';
import type { ModelRequest } from './model-request.ts';

const REQUEST = /^Summary so far:\n([\s\S]*?)\n\nMessages since then:\n([\s\S]*)$/;
const IS_FACT = /\b(?:my|i am|i'm|call me|i like|remember)\b/i;
const MOST_FACTS = 40;

/** What a request for a summary is answered with: what users have told about themselves, in their words; null for any other request. */
export function summarise(request: ModelRequest): string | null {
  const [, earlier, transcript] = REQUEST.exec(lastUserText(request.messages)) ?? [];
  if (earlier === undefined || transcript === undefined) return null;
  const known = earlier.split('\n').filter((line) => line.startsWith('- '));
  const said = [...transcript.matchAll(/^User: (.*)$/gm)].flatMap(([, text = '']) => text.split(/(?<=[.!?])\s+/));
  const facts = said.filter((sentence) => IS_FACT.test(sentence) && !sentence.endsWith('?'));
  const lines = [...new Set([...known, ...facts.map((fact) => `- The user said: ${fact}`)])].slice(0, MOST_FACTS);
  return lines.length > 0 ? lines.join('\n') : 'Nothing was said that has to be remembered.';
}
