import { lastUserText, userTexts } from './conversation.ts';
import type { ModelRequest } from './model-request.ts';

const PERSIAN = /[\u0600-\u06FF]/;
const NAME = /(?:اسم|نام) من ([\u0600-\u06FF]+)(?: است|ه)?/;
const ASKS_NAME = /(?:اسم|نام) من (?:چیست|چیه|چی)/;

export function isPersian(text: string): boolean {
  return PERSIAN.test(text);
}

/** The demonstration's answer to Persian, which is written from right to left. */
export function persianAnswer({ messages }: ModelRequest): string {
  const text = lastUserText(messages);
  if (ASKS_NAME.test(text)) {
    const name = userTexts(messages)
      .slice(0, -1)
      .filter((said) => !ASKS_NAME.test(said))
      .map((said) => NAME.exec(said)?.[1])
      .findLast(Boolean);
    return name ? `نام شما **${name}** است. خودتان پیش‌تر به من گفتید.` : 'هنوز نام خود را به من نگفته‌اید.';
  }
  const name = NAME.exec(text)?.[1];
  if (name) return `از آشنایی با شما خوشحالم، **${name}**! این نام را در این گفتگو به یاد می‌سپارم.`;
  const greeting = /سلام|درود/.test(text) ? 'سلام! ' : '';
  return (
    `${greeting}پیام شما را خواندم: «${text}». من مدل نمایشی این پروژه هستم و با چند قاعده‌ی ساده پاسخ می‌دهم. ` +
    'این پاسخ واژه به واژه می‌رسد تا ببینید متن راست به چپ چگونه نشان داده می‌شود.'
  );
}
