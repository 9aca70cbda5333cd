/** Where an import stands that reads its file piece by piece. */
export interface ImportState {
  /** The line on which the next piece begins, from 1. */
  line: number;
  /** The columns of a CSV file, once they are known. */
  columns: readonly string[] | null;
  /** On which line each id was. */
  seen: Map<string, number>;
}

export function newImport(): ImportState {
  return { line: 1, columns: null, seen: new Map() };
}
