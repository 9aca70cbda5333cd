const VERB =
  '(?:add|create|make|remind|list|show|what|which|complete|finish|mark|delete|remove|rename|update|change|use|call)';
const STARTS_A_WISH = `(?:please\\s+)?(?:${VERB}\\b|(?:a|another)\\s+(?:new\\s+)?(?:task|todo|to-do|reminder)\\b)`;

const BREAK = new RegExp(
  [
    String.raw`(?<=[.!?])\s+`,
    String.raw`\s*[;\n]+\s*`,
    String.raw`,?\s+(?:and\s+)?(?:then|after that|finally),?\s+`,
    String.raw`(?:,|,?\s+and|,?\s+also|,?\s+and\s+also)\s+(?=${STARTS_A_WISH})`,
  ].join('|'),
  'i',
);

/**
 * The wishes of a message, one clause each. A clause that only says "a task to …" takes its verb from the one before.
 * A tool call with JSON is not split: commas and dots belong to it.
 */
export function splitClauses(text: string): string[] {
  if (/\{.*\}/s.test(text)) return [text.trim()];
  let verb = '';
  return text
    .split(BREAK)
    .map((part) => part.replace(/^(?:then|and|also|please)\s+/i, '').trim())
    .filter(Boolean)
    .map((part) => {
      const own = /^(add|create|make)\b/i.exec(part);
      if (own?.[1]) verb = own[1];
      return verb !== '' && /^(?:a|another)\s/i.test(part) ? `${verb} ${part}` : part;
    });
}
