/** Letters that are typed one way or the other for the same word: Arabic forms on a Persian keyboard, and with or without a hamza or madda. */
const SAME_LETTERS: Record<string, string> = {
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  ؤ: 'و',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
};

/** Persian and Arabic digits as European ones. */
export function plainDigits(text: string): string {
  return text.replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

/**
 * A text as a search compares it: lower case, one form of each letter and digit, no marks on letters, and words apart by one space. The
 * half-space counts as a space, so that both spellings of a compound are found.
 */
export function normaliseText(text: string): string {
  return plainDigits(text.normalize('NFKC'))
    .replaceAll(/[يىئكةۀؤأإآٱ]/g, (letter) => SAME_LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[\p{Mn}\u0640]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
