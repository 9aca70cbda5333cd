import { assertPortFree } from './assert-port-free.ts';
import { awaitWorker } from './dev/await-worker.ts';
import { buildPages } from './dev/build-pages.ts';
import { checkVariables } from './dev/check-variables.ts';
import { describeStart } from './dev/describe-start.ts';
import { planServices } from './dev/plan-services.ts';
import { readArguments } from './dev/read-arguments.ts';
import { startWrangler } from './dev/start-wrangler.ts';
import { LocalError } from './local-error.ts';
import { openServices } from './open-services.ts';
import { readDevVars } from './read-dev-vars.ts';
import { runMain } from './run-main.ts';
import { servicesEnvironment } from './services-environment.ts';
import { stopSignal } from './stop-signal.ts';
import { workerVars } from './worker-vars.ts';

const HOST = '127.0.0.1';

await runMain(async () => {
  const startedAt = performance.now();
  const stopped = stopSignal();
  const { port, vars: given } = readArguments(process.argv.slice(2), process.env);
  const devVars = { ...readDevVars(), ...given };
  for (const name of checkVariables(devVars)) console.warn(`.dev.vars: ${name} is not known and does nothing.`);
  const plan = planServices(devVars);
  const options = servicesEnvironment(process.env);
  await assertPortFree({ host: HOST, port }, 'The Worker (PORT or --port)');

  await using running = new AsyncDisposableStack();
  const [services] = await Promise.all([openServices(options, plan.needed), buildPages()]);
  running.defer(() => services.close());
  const localVars = workerVars(services);

  const vars = Object.fromEntries(Object.entries(localVars).filter(([name]) => !(name in devVars)));
  const wrangler = startWrangler(HOST, port, { ...vars, ...given });
  running.defer(() => wrangler.stop());
  const ended = Promise.race([stopped, wrangler.exited.then(endedByItself)]);

  const address = `http://${HOST}:${port}`;
  const giveUp = new AbortController();
  const first = await Promise.race([awaitWorker(address, giveUp.signal), ended]);
  giveUp.abort();
  if (first !== undefined) {
    console.log(describeStart(address, plan, services, (performance.now() - startedAt) / 1000));
    if (first !== 'well') console.warn(`But ${first}\n`);
    await ended;
  }
  console.log('\nStopping.');
});
process.exit(0);

function endedByItself(): never {
  throw new LocalError('wrangler dev has ended; what it said stands above.');
}
