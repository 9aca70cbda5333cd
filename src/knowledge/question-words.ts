import { normaliseText } from '../text/normalise-text.ts';
import { WORDS_MAX } from './knowledge-limits.ts';

export interface QuestionWords {
  /** Each of them may be found. */
  words: string[];
  /** As Postgres' `websearch_to_tsquery` reads it: "quoted phrases" and -excluded words. */
  webQuery: string;
  /** Whether it has such marks; then nothing else counts as found. */
  isStrict: boolean;
}

/** A question as the index compares it. */
export function questionWords(question: string): QuestionWords {
  const pieces = question.replaceAll(/[“”«»]/g, '"').match(/-?"[^"]*"|\S+/g) ?? [];
  const marked = pieces.map((piece) => {
    const [, minus = '', quote = ''] = /^(-?)("?)/.exec(piece) ?? [];
    return {
      isExcluded: minus !== '',
      isPhrase: quote !== '' && piece.length > 2 && piece.endsWith('"'),
      text: normaliseText(piece),
    };
  });
  const said = marked.filter(({ text }) => text !== '');
  const wanted = said.filter(({ isExcluded }) => !isExcluded).flatMap(({ text }) => text.split(' '));
  return {
    words: [...new Set(wanted)].slice(0, WORDS_MAX),
    webQuery: said
      .map(({ isExcluded, isPhrase, text }) => `${isExcluded ? '-' : ''}${isPhrase || isExcluded ? `"${text}"` : text}`)
      .join(' '),
    isStrict: said.some(({ isExcluded, isPhrase }) => isExcluded || isPhrase),
  };
}
