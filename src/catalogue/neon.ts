import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { orArchiveUnavailable, type Database } from '../archive/neon-database.ts';
import { storableText, storableValue } from '../archive/storable-value.ts';
import { AppError } from '../errors.ts';
import { IMPORT_BATCH, PRODUCTS_MAX, TRIGRAM_SHARE } from './catalogue-limits.ts';
import { SHARED_OWNER, type Catalogue, type Product, type ProductQuery, type Sort } from './catalogue.ts';
import { productSchema, type ProductFields } from './product-fields.ts';
import { searchable, trigramsOf } from './searchable.ts';
import { products } from './tables.ts';

const COLUMNS = sql.raw('owner, id, name, description, price, category, attributes, available, updated_at');

const countRow = z.object({ count: z.coerce.number() });
const categoryRow = z.object({ name: z.string(), products: z.coerce.number() });
/** The database sends exact numbers as text, and times in its own spelling. */
const productRow = z
  .object({
    owner: z.string(),
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    price: z.coerce.number().nullable(),
    category: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    available: z.boolean(),
    updated_at: z.coerce.date(),
  })
  .transform(({ owner, updated_at, ...fields }): Product => ({
    ...fields,
    shared: owner === SHARED_OWNER,
    updatedAt: updated_at.toISOString(),
  }));

const ORDER: Record<Sort, SQL> = {
  relevance: sql.raw('score desc, available desc, name, id'),
  price_asc: sql.raw('price asc nulls last, id'),
  price_desc: sql.raw('price desc nulls last, id'),
  name: sql.raw('name, id'),
  newest: sql.raw('updated_at desc, id'),
};

/** The products of `owner` in Postgres. Rejects with AppError `archive_unavailable`, too. */
export function neonCatalogue(database: Database, owner: string): Catalogue {
  async function query<T>(row: z.ZodType<T>, statement: SQL): Promise<T[]> {
    const { rows } = await orArchiveUnavailable(database.execute(statement));
    return rows.map((item) => row.parse(item));
  }

  return {
    async put(fields) {
      const items = fields.map((item) => productSchema.parse(storableValue(item)));
      const ids = JSON.stringify(items.map(({ id }) => id));
      const [others] = await query(
        countRow,
        sql`select count(*) from ${products}
          where owner = ${owner} and id not in (select jsonb_array_elements_text(${ids}::jsonb))`,
      );
      if ((others?.count ?? 0) + items.length > PRODUCTS_MAX) {
        throw new AppError('catalogue_full', `A catalogue may hold ${PRODUCTS_MAX} products.`);
      }
      const [first, ...rest] = batchesOf(items).map((batch) => database.execute(upsert(owner, batch)));
      if (first) await orArchiveUnavailable(database.batch([first, ...rest]));
    },

    async search(wanted) {
      const found = sql`from ${products} cross join lateral (select ${score(wanted.words)} as score) as scored
        where ${conditions(owner, wanted)}`;
      const [rows, counted] = await Promise.all([
        query(
          productRow,
          sql`select ${COLUMNS} ${found} order by ${ORDER[wanted.sort]} limit ${wanted.limit} offset ${wanted.offset}`,
        ),
        query(countRow, sql`select count(*) ${found}`),
      ]);
      return { products: rows, total: counted[0]?.count ?? 0 };
    },

    async get(id) {
      const [product] = await query(
        productRow,
        sql`select ${COLUMNS} from ${products} where ${readable(owner)} and id = ${storableText(id)}`,
      );
      return product ?? null;
    },

    async remove(id) {
      const removed = await query(
        z.object({ id: z.string() }),
        sql`delete from ${products} where owner = ${owner} and id = ${storableText(id)} returning id`,
      );
      return removed.length > 0;
    },

    categories: () =>
      query(
        categoryRow,
        sql`select category as name, count(*) as products from ${products}
          where ${readable(owner)} and category is not null group by category order by category`,
      ),
  };
}

/** Own products, and the shared ones that none of them stands in for. */
function readable(owner: string): SQL {
  if (owner === SHARED_OWNER) return sql`owner = ${owner}`;
  return sql`(owner = ${owner} or (owner = ${SHARED_OWNER}
    and not exists (select from products own where own.owner = ${owner} and own.id = products.id)))`;
}

function batchesOf(items: ProductFields[]): ProductFields[][] {
  const count = Math.ceil(items.length / IMPORT_BATCH);
  return Array.from({ length: count }, (_, index) => items.slice(index * IMPORT_BATCH, (index + 1) * IMPORT_BATCH));
}

function upsert(owner: string, batch: ProductFields[]): SQL {
  const rows = batch.map((product) => {
    const { nameText, allText, trigrams } = searchable(product);
    return { ...product, name_text: nameText, all_text: allText, trigrams };
  });
  return sql`insert into ${products}
      (owner, id, name, description, price, category, attributes, available, updated_at, name_text, all_text, trigrams)
    select ${owner}, id, name, description, price, category, attributes, available, now(), name_text, all_text, trigrams
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent(id text, name text, description text, price numeric,
      category text, attributes jsonb, available boolean, name_text text, all_text text, trigrams text[])
    on conflict (owner, id) do update set name = excluded.name, description = excluded.description,
      price = excluded.price, category = excluded.category, attributes = excluded.attributes,
      available = excluded.available, updated_at = excluded.updated_at, name_text = excluded.name_text,
      all_text = excluded.all_text, trigrams = excluded.trigrams`;
}

/** Null when a word is not found. A word of the name counts most, then any other, then one that is spelled alike. */
function score(words: string[]): SQL {
  if (words.length === 0) return sql`0::float`;
  return sql.join(
    words.map((word) => {
      const trigrams = trigramsOf(word);
      const shared = sql`(select count(*) from jsonb_array_elements_text(${JSON.stringify(trigrams)}::jsonb) as wanted(trigram)
        where trigram = any(trigrams))::float / ${trigrams.length}::int`;
      return sql`(case
        when strpos(' ' || name_text || ' ', ${` ${word} `}) > 0 then 4
        when strpos(' ' || name_text, ${` ${word}`}) > 0 then 3
        when strpos(all_text, ${word}) > 0 then 2
        when ${shared} >= ${TRIGRAM_SHARE}::float then ${shared}
      end)`;
    }),
    sql.raw(' + '),
  );
}

function conditions(owner: string, { category, minPrice, maxPrice, available }: ProductQuery): SQL {
  return sql.join(
    [
      sql`${readable(owner)} and score is not null`,
      ...(category === null ? [] : [sql`category = ${storableText(category)}`]),
      ...(minPrice === null ? [] : [sql`price >= ${minPrice}::numeric`]),
      ...(maxPrice === null ? [] : [sql`price <= ${maxPrice}::numeric`]),
      ...(available === null ? [] : [sql`available = ${available}::boolean`]),
    ],
    sql.raw(' and '),
  );
}
