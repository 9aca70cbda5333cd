import { boolean, index, jsonb, numeric, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** The last three columns are what a search compares: made from the others by `searchable`, so that no extension is needed. */
export const products = pgTable(
  'products',
  {
    owner: text('owner').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    description: text('description'),
    price: numeric('price', { precision: 14, scale: 2 }),
    category: text('category'),
    attributes: jsonb('attributes').$type<Record<string, string>>().notNull(),
    available: boolean('available').notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
    nameText: text('name_text').notNull(),
    allText: text('all_text').notNull(),
    trigrams: text('trigrams').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.owner, table.id] }),
    index('products_owner_category').on(table.owner, table.category),
  ],
);
