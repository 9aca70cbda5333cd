import { sql, type SQL } from 'drizzle-orm';
import { SHARED_OWNER, type Scope } from './knowledge.ts';
import type { QuestionWords } from './question-words.ts';
import { knowledgeChunks, knowledgeDocuments } from './tables.ts';

/** How much a word counts in nothing, the title, the text, a heading. */
const WEIGHTS = sql.raw(`'{0.1, 0.3, 0.5, 1.0}'`);

const PASSAGE = sql.raw(`chunk.document_id, document.library, document.source, document.title, document.media_type,
  chunk.starts_at, chunk.ends_at, chunk.headings, chunk.text`);

export function readable(owner: string): SQL {
  return sql`owner in (${owner}, ${SHARED_OWNER})`;
}

function within(owner: string, { libraries }: Scope): SQL {
  if (libraries === null) return readable(owner);
  return sql`${readable(owner)} and library in (select jsonb_array_elements_text(${JSON.stringify(libraries)}::jsonb))`;
}

/**
 * Chunks with any of the words; those with all of them come first. A word counts more the fewer chunks have it, which is what makes a
 * natural question work in any language: words like "the" say nothing because they are everywhere. In English they are left out besides.
 */
export function byWords(owner: string, { words, webQuery, isStrict }: QuestionWords, scope: Scope): SQL {
  return sql`with said as (
      select number, plainto_tsquery('english', word) as stem, plainto_tsquery('simple', word) as whole
      from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb) with ordinality as list(word, number)
    ),
    terms as materialized (
      select number, stem || whole as query from said
      where numnode(stem) > 0 or not exists (select from said where numnode(stem) > 0)
    ),
    wanted as materialized (
      select string_agg('(' || query::text || ')', ' | ')::tsquery as any_word,
        websearch_to_tsquery('english', ${webQuery}) || websearch_to_tsquery('simple', ${webQuery}) as all_words
      from terms
    ),
    found as materialized (
      select document_id, position, words, words @@ all_words as has_all
      from ${knowledgeChunks}, wanted
      where ${within(owner, scope)} and words @@ ${isStrict ? sql`all_words` : sql`any_word`}
    ),
    counted as materialized (select count(*)::float as total from ${knowledgeChunks} where ${within(owner, scope)}),
    hits as (
      select document_id, position, has_all, ts_rank(${WEIGHTS}, words, query) as rank,
        (count(*) over (partition by number))::float as frequency
      from found join terms on words @@ query
    ),
    scored as (
      select document_id, position, bool_or(has_all) as has_all,
        sum(rank * ln(1 + (total - frequency + 0.5) / (frequency + 0.5))) as score
      from hits, counted
      group by document_id, position
      order by has_all desc, score desc, document_id, position limit ${scope.limit}
    )
    select ${PASSAGE} from scored
    join ${knowledgeChunks} chunk on chunk.document_id = scored.document_id and chunk.position = scored.position
    join ${knowledgeDocuments} document on document.id = chunk.document_id
    order by has_all desc, score desc, chunk.document_id, chunk.position`;
}

/**
 * Every vector is compared: an index of pgvector is approximate, and would miss much of one owner's few among all. What has nothing in
 * common with the question is left out.
 */
export function byMeaning(owner: string, vector: readonly number[], embedderId: string, scope: Scope): SQL {
  return sql`with nearest as (
      select document_id, position, embedding <=> ${JSON.stringify(vector)}::vector as distance
      from ${knowledgeChunks} where ${within(owner, scope)} and embedder = ${embedderId}
      order by distance, document_id, position limit ${scope.limit}
    )
    select ${PASSAGE} from nearest
    join ${knowledgeChunks} chunk on chunk.document_id = nearest.document_id and chunk.position = nearest.position
    join ${knowledgeDocuments} document on document.id = chunk.document_id
    where distance < 1 order by distance, chunk.document_id, chunk.position`;
}
