import { customType, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: string }>({ dataType: () => 'bytea' });

/** What code has left for the next run of its session. */
export const codeStates = pgTable(
  'code_states',
  {
    owner: text('owner').notNull(),
    session: text('session').notNull(),
    runs: integer('runs').notNull(),
    state: bytea('state').notNull(),
    updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.owner, table.session] }),
    index('code_states_updated_at').on(table.updatedAt),
  ],
);
