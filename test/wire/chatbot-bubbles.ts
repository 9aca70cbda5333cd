import type { UIMessageChunk } from 'ai';
import { expect } from 'vitest';
import { cutBytes, encodeTurn } from './encode-turn.ts';
import { bubblesOf, readChatbotLines, readChatbotPage, type Bubble } from './read-chatbot.ts';

/** What both kinds of seed 004's clients show of a turn; throws where one of them would fail. */
export function chatbotBubbles(chunks: readonly UIMessageChunk[]): Bubble[] {
  const body = encodeTurn('chatbot', chunks);
  const page = readChatbotPage(cutBytes(body, [1, 5, 3, 700]));
  expect(readChatbotLines(body)).toEqual(page);
  return bubblesOf(page);
}
