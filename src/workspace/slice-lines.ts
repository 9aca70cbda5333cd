export interface LineSlice {
  text: string;
  /** Counted from 1; `lastLine` is below `firstLine` where there is nothing. */
  firstLine: number;
  lastLine: number;
  totalLines: number;
  /** The last line that is shown is itself cut. */
  isCut: boolean;
}

/** Lines `start` to `end`, as many whole ones as have room in `maxCharacters`; of a line that has none by itself, its beginning. */
export function sliceLines(text: string, start: number, end: number, maxCharacters: number): LineSlice {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const wanted = lines.slice(start - 1, end);
  let room = maxCharacters;
  const tooMany = wanted.findIndex((line) => (room -= line.length) < 0);
  const shown = tooMany < 0 ? wanted : wanted.slice(0, tooMany);
  const [first = ''] = wanted;
  const isCut = tooMany === 0;
  return {
    text: isCut ? first.slice(0, maxCharacters).toWellFormed() : shown.join(''),
    firstLine: start,
    lastLine: start - 1 + (isCut ? 1 : shown.length),
    totalLines: lines.length,
    isCut,
  };
}
