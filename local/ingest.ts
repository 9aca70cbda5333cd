import { readFileSync } from 'node:fs';
import { findDocuments } from './ingest/find-documents.ts';
import { readArguments, type IngestArguments } from './ingest/read-arguments.ts';
import { sendDocuments, type Outcome, type SentDocument } from './ingest/send-documents.ts';
import { readDevVars } from './read-dev-vars.ts';
import { runMain } from './run-main.ts';

/** What one request carries: fewer than the server takes, so that progress shows, and well below its limit of 1 MiB. */
const BATCH_DOCUMENTS = 10;
const BATCH_CHARACTERS = 250_000;

await runMain(async () => {
  const input = readArguments(process.argv.slice(2), { ...readDevVars(), ...process.env });
  const { documents, others } = findDocuments(input.folder);
  console.log(`${documents.length} documents for the library "${input.library}" at ${input.url}`);
  const outcomes = await ingest(documents, input);
  const count = (wanted: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  console.log(
    `${count('added')} added, ${count('replaced')} replaced, ${count('unchanged')} unchanged, ${count('error')} failed` +
      (others > 0 ? `; ${others} files of other kinds were passed over` : ''),
  );
  if (count('error') > 0) process.exitCode = 1;
});

async function ingest(
  found: ReturnType<typeof findDocuments>['documents'],
  input: IngestArguments,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let batch: SentDocument[] = [];
  const send = async (): Promise<void> => {
    if (batch.length === 0) return;
    for (const outcome of await sendDocuments(batch, input)) {
      outcomes.push(outcome);
      console.log(`[${outcomes.length}/${found.length}] ${describe(outcome)}`);
    }
    batch = [];
  };
  for (const { file, source } of found) {
    const text = readFileSync(file, 'utf8');
    const characters = batch.reduce((sum, document) => sum + document.text.length, text.length);
    if (batch.length === BATCH_DOCUMENTS || characters > BATCH_CHARACTERS) await send();
    batch.push({ library: input.library, source, text });
  }
  await send();
  return outcomes;
}

function describe({ source, outcome, chunks, error }: Outcome): string {
  if (error) return `${outcome} ${source}: ${error.message}`;
  return `${outcome} ${source}${outcome === 'unchanged' ? '' : `, ${chunks ?? 0} chunks`}`;
}
