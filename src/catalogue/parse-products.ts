import { plainDigits } from '../text/normalise-text.ts';
import { newImport, type ImportState } from './import-state.ts';
import { parseCsv } from './parse-csv.ts';
import { productSchema, type ProductFields } from './product-fields.ts';

export interface LineError {
  line: number;
  message: string;
}

export interface ParsedProducts {
  products: ProductFields[];
  errors: LineError[];
}

type Row = { line: number; value: unknown } | LineError;

const OWN_COLUMNS = new Set(['id', 'name', 'description', 'price', 'category', 'available']);
const YES = /^(true|yes|1|بله|موجود)$/i;
const NO = /^(false|no|0|خیر|ناموجود)$/i;

/** One JSON object a line. */
export function parseJsonLines(text: string, state: ImportState = newImport()): ParsedProducts {
  const { line: first } = state;
  state.line += lineBreaks(text);
  const lines = text.split(/\r?\n/).map((content, index) => ({ content, line: first + index }));
  return collect(
    lines.filter(({ content }) => content.trim() !== '').map(({ content, line }) => readJson(content, line)),
    state.seen,
  );
}

/** The first record of a file names the columns; those that a product does not have are its attributes. */
export function parseProductsCsv(text: string, state: ImportState = newImport()): ParsedProducts {
  const { line: first } = state;
  state.line += lineBreaks(text);
  const found = parseCsv(text).map(({ line, fields }) => ({ line: first + line - 1, fields }));
  const isBeginning = state.columns === null;
  const records = isBeginning ? found.slice(1) : found;
  const names = state.columns ?? found[0]?.fields.map((name) => name.trim()) ?? [];
  state.columns = names;
  if (!names.includes('id') || !names.includes('name')) {
    const message = 'the first line must name the columns, `id` and `name` among them';
    return { products: [], errors: isBeginning ? [{ line: 1, message }] : [] };
  }
  return collect(
    records.map(({ line, fields }): Row => {
      if (fields.length > names.length)
        return { line, message: `has ${fields.length} fields instead of ${names.length}` };
      return { line, value: fromColumns(names.map((name, index) => [name, fields[index]?.trim() ?? ''])) };
    }),
    state.seen,
  );
}

function lineBreaks(text: string): number {
  return text.match(/\n/g)?.length ?? 0;
}

function readJson(content: string, line: number): Row {
  try {
    return { line, value: JSON.parse(content) };
  } catch {
    return { line, message: 'is not JSON' };
  }
}

/** What cannot be read stays as it is written, for the schema to refuse. */
function fromColumns(columns: [name: string, text: string][]): unknown {
  const filled = columns.filter(([, text]) => text !== '');
  const own: Record<string, unknown> = Object.fromEntries(filled.filter(([name]) => OWN_COLUMNS.has(name)));
  const attributes = Object.fromEntries(filled.filter(([name]) => name !== '' && !OWN_COLUMNS.has(name)));
  const { price, available } = own;
  if (typeof price === 'string') {
    const digits = plainDigits(price)
      .replaceAll(/[,٬\s]/g, '')
      .replace('٫', '.');
    own['price'] = /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : price;
  }
  if (typeof available === 'string') own['available'] = YES.test(available) || (NO.test(available) ? false : available);
  return { ...own, attributes };
}

function collect(rows: Row[], seen: Map<string, number>): ParsedProducts {
  const errors: LineError[] = [];
  const products: ProductFields[] = [];
  for (const row of rows) {
    if ('message' in row) {
      errors.push(row);
      continue;
    }
    const { success, data, error } = productSchema.safeParse(row.value);
    const earlier = success ? seen.get(data.id) : undefined;
    if (!success) {
      const problems = error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
      errors.push({ line: row.line, message: problems.join('; ') });
    } else if (earlier !== undefined) {
      errors.push({ line: row.line, message: `has the id of line ${earlier}` });
    } else {
      seen.set(data.id, row.line);
      products.push(data);
    }
  }
  return { products, errors };
}
