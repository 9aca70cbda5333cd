const SMALL_WORDS = new Set(
  `a about all an and any are as at be but by can could did do does for from get give had has have hello help hey hi how i if in into is it its just
   know like make me my no not of on or our please say should so some tell than that the their them there these they this to us want was we were what
   when where which who why will with would write you your`.split(/\s+/),
);

/** Up to three words that the text seems to be about, in its order; empty when there are none. */
export function topicOf(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu) ?? [];
  const telling = [...new Set(words)].filter((word) => word.length > 2 && !SMALL_WORDS.has(word.toLowerCase()));
  const longest = new Set([...telling].sort((a, b) => b.length - a.length).slice(0, 3));
  return telling.filter((word) => longest.has(word));
}
