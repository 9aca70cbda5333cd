import { hashEmbedding } from '../../local/model/hash-embedding.ts';
import { openServices } from '../../local/open-services.ts';
import { openDatabase } from '../../src/archive/neon-database.ts';
import type { Embedder } from '../../src/knowledge/embedder.ts';
import { neonKnowledge } from '../../src/knowledge/neon.ts';
import { openKnowledge, type Knowledge } from '../../src/knowledge/open-knowledge.ts';
import { Secret } from '../../src/secret.ts';
import { median, percentile } from '../percentile.ts';
import type { Scenario } from '../scenario.ts';

const SIZES = [100, 1_000, 10_000];
const QUICK_SIZES = [100, 1_000];
const CHUNKS_OF_DOCUMENT = 50;
const VOCABULARY = 5_000;

const embedder: Embedder = { id: 'bench', embed: async (texts) => texts.map((text) => hashEmbedding(text)) };

/** What a search costs as the corpus grows: by words alone, and merged with vectors of 256 dimensions. */
export const knowledgeSearch: Scenario = async (_harness, { quick, progress }) => {
  const services = await openServices({}, new Set(['postgres']));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => services.close());
  const { postgres } = services;
  if (!postgres) throw new Error('The local Postgres did not start.');
  const database = openDatabase({ DATABASE_URL: new Secret(postgres.url), NEON_FETCH_ENDPOINT: postgres.endpoint });
  if (!database) throw new Error('There is no database.');
  const rows = [];
  for (const size of quick ? QUICK_SIZES : SIZES) {
    const store = neonKnowledge(database, `bench ${size}`);
    const parts = { store, newId: () => crypto.randomUUID(), onFailure: refuse };
    const merged = openKnowledge({ ...parts, embedder });
    progress(`filling ${size} chunks`);
    await fill(merged, size);
    progress(`asking ${size} chunks`);
    const words = await ask(openKnowledge({ ...parts, embedder: null }), quick ? 10 : 40);
    const both = await ask(merged, quick ? 10 : 40);
    rows.push([String(size), median(words), percentile(words, 95), median(both), percentile(both, 95)]);
  }
  return {
    tables: [
      {
        title: 'A question to so many chunks',
        columns: ['chunks', 'words ms p50', 'p95', 'words and meaning ms p50', 'p95'],
        rows,
        notes: [
          'From the core over SQL-over-HTTP to PGlite, one question at a time; five words, three of them rare. Vectors are made beside it at no cost.',
        ],
      },
    ],
  };
};

function refuse(error: unknown): never {
  throw error;
}

/** Words that are the more frequent the lower their number, as in a language; the same in every run. */
function word(seed: number): string {
  const share = ((Math.imul(seed, 2654435761) >>> 0) % 10_007) / 10_007;
  return `word${Math.floor(VOCABULARY * share ** 3)}`;
}

async function fill(knowledge: Knowledge, chunks: number): Promise<void> {
  for (let document = 0; document < chunks / CHUNKS_OF_DOCUMENT; document += 1) {
    const sections = Array.from({ length: CHUNKS_OF_DOCUMENT }, (_, section) => {
      const first = (document * CHUNKS_OF_DOCUMENT + section) * 120;
      return `# ${word(first)}\n\n${Array.from({ length: 120 }, (_unused, index) => word(first + index)).join(' ')}`;
    });
    const source = `${document}.md`;
    const [outcome] = await knowledge.ingest([{ library: 'bench', source, text: sections.join('\n\n') }]);
    if (outcome?.outcome === 'error') throw new Error(outcome.error.message);
  }
}

async function ask(knowledge: Knowledge, questions: number): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < questions; number += 1) {
    const rare = [1, 2, 3].map((part) => `word${(number * 97 + part * 1_301) % VOCABULARY}`);
    const question = ['how', ...rare, 'word3', 'word40'].join(' ');
    const before = performance.now();
    const { results } = await knowledge.search({ question, libraries: null, limit: 5, maxCharacters: 8_000 });
    times.push(performance.now() - before);
    if (results.length === 0) throw new Error('Nothing was found.');
  }
  return times;
}
