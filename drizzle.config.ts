import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './src/archive/tables.ts',
    './src/auth/tables.ts',
    './src/workspace/tables.ts',
    './src/catalogue/tables.ts',
    './src/code/tables.ts',
    './src/logins/tables.ts',
    './src/knowledge/tables.ts',
  ],
  out: './migrations',
});
