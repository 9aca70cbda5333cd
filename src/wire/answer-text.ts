import type { UIMessageChunk } from 'ai';
import { questionText } from './question-text.ts';

/** Between what a restarted step had shown and what it shows now, where text cannot be taken back: a rule in Markdown, clear in any language. */
export const RESTART_SEPARATOR = '\n\n---\n\n';

/** A question stands by itself, and so does what follows. */
const BEFORE_QUESTION = '\n\n';

export interface AnswerText {
  /** The text to show for this chunk; '' for none. */
  next(chunk: UIMessageChunk): string;
}

/**
 * A turn's text for formats in which it only grows. `betweenSteps` goes between the texts of two steps, RESTART_SEPARATOR between the two
 * tries of one; neither begins or ends the text. What a person is asked is said in a paragraph of its own.
 */
export function answerText(betweenSteps: string): AnswerText {
  let shown = false;
  let shownInStep = false;
  let separator = '';
  const questions = questionText();
  return {
    next(chunk) {
      switch (chunk.type) {
        case 'start-step':
          if (shown && separator === '') separator = betweenSteps;
          shownInStep = false;
          return '';
        case 'reset-step':
          if (shownInStep) separator = RESTART_SEPARATOR;
          shownInStep = false;
          return '';
        case 'text-delta': {
          if (chunk.delta === '') return '';
          const text = separator + chunk.delta;
          shown = shownInStep = true;
          separator = '';
          return text;
        }
        default: {
          const question = questions.next(chunk);
          if (question === '') return '';
          const text = (shown ? BEFORE_QUESTION : '') + question;
          shown = true;
          // What follows an answer is a paragraph of its own.
          separator = BEFORE_QUESTION;
          return text;
        }
      }
    },
  };
}
