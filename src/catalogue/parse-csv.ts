export interface CsvRecord {
  /** The line of the file it begins on, from 1. */
  line: number;
  fields: string[];
}

/** The records of a CSV text (RFC 4180): quoted fields may hold commas, line breaks and doubled quotes. Empty lines are no records. */
export function parseCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const pieces = text
    .replace(/^\ufeff/, '')
    .matchAll(/(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))([^,\r\n]*)(,|\r\n|\n|\r|$)/g);
  let line = 1;
  let current: CsvRecord = { line, fields: [] };
  for (const [whole, quoted, plain = '', after = '', end] of pieces) {
    current.fields.push((quoted?.replaceAll('""', '"') ?? plain) + after);
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0;
    if (end === ',') continue;
    if (current.fields.length > 1 || current.fields[0] !== '') records.push(current);
    if (end === '') break;
    current = { line, fields: [] };
  }
  return records;
}
