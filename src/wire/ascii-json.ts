/**
 * JSON in ASCII alone: clients that decode each network chunk by itself then never meet half a character. (JSON.stringify escapes the
 * control characters and lone surrogates itself.)
 */
export function asciiJson(value: unknown): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, escape);
}
