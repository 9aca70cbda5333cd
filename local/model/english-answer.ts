import { lastUserText } from './conversation.ts';
import { countTo, MARKDOWN_SAMPLE, story } from './longer-answers.ts';
import type { ModelRequest } from './model-request.ts';
import { readNamedCall } from './named-call.ts';
import { recall } from './recall.ts';
import { splitClauses } from './split-clauses.ts';
import { readTaskIntent } from './task-intent.ts';
import { topicOf } from './topic-of.ts';

const WHO =
  'I am the **demonstration model** of this project: a small program that follows rules and speaks the OpenAI protocol, so that everything around a model can be tried without an account.';

/** Several sentences about what the user said last. */
export function englishAnswer(request: ModelRequest): string {
  const text = lastUserText(request.messages);
  return (
    recall(request.messages) ?? withoutTool(request, text) ?? smallTalk(request, text) ?? aboutTopic(request, text)
  );
}

function withoutTool(request: ModelRequest, text: string): string | null {
  const wished = readNamedCall(text)?.name ?? splitClauses(text).map(readTaskIntent).find(Boolean)?.verb;
  if (wished === undefined) return null;
  return `I would use a tool called \`${wished}\` for that, but I was not offered one. ${offer(request)}`;
}

function smallTalk(request: ModelRequest, text: string): string | null {
  const count = /\bcount (?:up )?(?:from (?:1|one) )?to (\d{1,4})\b/i.exec(text)?.[1];
  if (count) return countTo(Number(count));
  if (/\b(?:markdown|table|code)\b/i.test(text)) return MARKDOWN_SAMPLE;
  if (/\b(?:story|poem|essay|long)\b/i.test(text)) return story(topicOf(text));
  if (/^(?:thanks|thank you|cheers|great|ok|okay|bye|goodbye)\b/i.test(text))
    return 'You are welcome! I am here when you need me.';
  if (/\b(?:who|what) are you\b|\bwhat can you do\b|^help\b/i.test(text)) return `${WHO}\n\n${suggestions(request)}`;
  if (/^(?:hello|hi|hey|good (?:morning|afternoon|evening))\b[\s!.,]*$/i.test(text)) {
    return `Hello! It is good to hear from you. ${WHO} What would you like to try?\n\n${suggestions(request)}`;
  }
  return null;
}

function aboutTopic(request: ModelRequest, text: string): string {
  const words = topicOf(text).map((word) => `**${word}**`);
  const topic = words.length === 0 ? 'your message' : new Intl.ListFormat('en').format(words);
  const opening = text.endsWith('?') ? `That is a good question about ${topic}.` : `You wrote about ${topic}.`;
  return (
    `${opening} ${WHO} I cannot say much about it that is new to you, but you can watch how an answer travels: ` +
    'each word leaves as soon as it is ready, and what you have read so far can be picked up again after a reload.\n\n' +
    suggestions(request)
  );
}

function suggestions(request: ModelRequest): string {
  return [
    'You can try this next:',
    '',
    '- *My name is Sara*, and a few messages later *What is my name?*',
    '- *Tell me a long story*, then press stop, or reload the page in the middle of it.',
    ...(request.tools.some(({ name }) => name.endsWith('add_task'))
      ? ['- *Add a task to buy milk and a task to call Bob, then list my tasks*']
      : []),
    '',
    offer(request),
  ].join('\n');
}

function offer({ tools }: ModelRequest): string {
  if (tools.length === 0) return 'I have no tools in this conversation.';
  const names = tools.slice(0, 6).map(({ name }) => `\`${name}\``);
  const more = tools.length > names.length ? ` and ${tools.length - names.length} more` : '';
  return `My tools here are ${names.join(', ')}${more}.`;
}
