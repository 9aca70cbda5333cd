import { ERRORS_SHOWN_MAX } from '../catalogue/catalogue-limits.ts';
import { importProducts, type ImportProgress } from '../catalogue/import-products.ts';
import { parseJsonLines, parseProductsCsv, type LineError } from '../catalogue/parse-products.ts';
import { splitRecords } from '../catalogue/split-records.ts';
import { AppError } from '../errors.ts';
import { bytePipe } from './byte-pipe.ts';
import { writableCatalogue } from './catalogue.ts';
import type { AppContext } from './context.ts';

const FORMATS = new Map([
  ['text/csv', { parse: parseProductsCsv, quoted: true }],
  ['application/x-ndjson', { parse: parseJsonLines, quoted: false }],
]);

/**
 * `POST /catalogue/products`: takes CSV or JSON lines of any length. Lines with a mistake are told, the others are stored. A client that
 * accepts JSON lines is told how far it is while it goes on.
 */
export async function takeProducts(c: AppContext): Promise<Response> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  const format = FORMATS.get(type ?? '');
  const catalogue = writableCatalogue(c);
  if (!format) throw new AppError('unsupported_media_type', 'Send the body as text/csv or application/x-ndjson.');
  const pieces = splitRecords(chunksOf(c.req.raw.body), format.quoted);
  const progress = importProducts(pieces, format.parse, catalogue);
  if (/application\/x-ndjson/i.test(c.req.header('accept') ?? '')) return tellProgress(c, progress);

  const errors: LineError[] = [];
  let [imported, failed] = [0, 0];
  for await (const step of progress) {
    ({ imported, failed } = step);
    errors.push(...step.errors.slice(0, ERRORS_SHOWN_MAX - errors.length));
  }
  return c.json({ imported, failed, errors });
}

/** One line of JSON after each piece; the last one says `done`, or what ended the import. */
function tellProgress(c: AppContext, progress: AsyncIterable<ImportProgress>): Response {
  const { log, waitUntil } = c.get('services');
  const { readable, writable } = bytePipe();
  const writer = writable.getWriter();
  const write = (line: object) => writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
  async function tell(): Promise<void> {
    let told = 0;
    let totals = { imported: 0, failed: 0 };
    try {
      for await (const { errors, ...step } of progress) {
        totals = step;
        const shown = errors.slice(0, ERRORS_SHOWN_MAX - told);
        told += shown.length;
        for (const error of shown) await write({ type: 'error', ...error });
        await write({ type: 'progress', ...totals });
      }
      await write({ type: 'done', ...totals });
    } catch (cause) {
      const known = cause instanceof AppError ? cause : null;
      if (!known) log('warn', 'import_broken_off', {}, cause);
      const { code, message } = known ?? new AppError('internal_error', 'The import broke off.');
      // A client that has left is told nothing.
      await write({ type: 'failed', ...totals, code, message }).catch(() => {});
    }
    await writer.close().catch(() => {});
  }
  waitUntil(tell());
  return c.body(readable, 200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-cache' });
}

async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
