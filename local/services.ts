import { buildPages } from './dev/build-pages.ts';
import { runMain } from './run-main.ts';
import { servicesEnvironment } from './services-environment.ts';
import { startServices } from './start-services.ts';
import { stopSignal } from './stop-signal.ts';

await runMain(async () => {
  const stopped = stopSignal();
  // A plain `wrangler dev` beside the services wants the pages too.
  const [services] = await Promise.all([startServices(servicesEnvironment(process.env)), buildPages()]);
  const { redis, postgres, model, vars } = services;
  console.log(`Redis      ${redis.url}  (Upstash REST; ${redis.engine})`);
  console.log(`Postgres   ${postgres.endpoint}  (Neon SQL over HTTP; ${postgres.engine})`);
  console.log(`Model      ${model.url}  (OpenAI protocol; for demonstration)`);
  console.log('\nThe variables of a Worker that uses them:\n');
  for (const [name, value] of Object.entries(vars)) console.log(`${name}=${value}`);
  console.log('\nCtrl-C ends them.');
  await stopped;
  await services.close();
  process.exit(0);
});
