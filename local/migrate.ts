import { LocalError } from './local-error.ts';
import { MIGRATIONS_FOLDER } from './migrations-folder.ts';
import { readDevVars } from './read-dev-vars.ts';
import { runMain } from './run-main.ts';

await runMain(async () => {
  const devVars = readDevVars();
  const read = (name: string): string | undefined => process.env[name] || devVars[name];
  const url = read('DATABASE_URL');
  if (!url) {
    throw new LocalError('DATABASE_URL is not set: put the connection string into the environment or into .dev.vars.');
  }
  const { applyMigrations } = await import('./apply-migrations.ts');
  const found = await applyMigrations({ url, endpoint: read('NEON_FETCH_ENDPOINT') }, MIGRATIONS_FOLDER);
  if (!found) throw new LocalError(`There are no migrations in ${MIGRATIONS_FOLDER}.`);
  console.log(`The database ${new URL(url).host} is up to date.`);
});
