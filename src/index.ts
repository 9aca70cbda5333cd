// Without a name, because it must have run before any other module loads.
// oxlint-disable-next-line import/no-unassigned-import
import './streams/install.ts';
import { createApp } from './app.ts';
import { tendArchive } from './archive/tend-archive.ts';
import { claimAbandoned } from './turn/claim-abandoned.ts';
import { createWiring } from './wiring.ts';

const makeServices = createWiring();
const app = createApp(makeServices);

/** The Worker: requests go to the app; every minute cron finishes turns that were left behind and delivers what the archive has missed and removes what
 * is too old. */
export default {
  fetch: app.fetch,
  async scheduled(event, bindings, context) {
    const services = makeServices(bindings, context);
    await claimAbandoned(services, services.policy);
    await tendArchive(services, services.env.HISTORY_RETENTION_DAYS, event.scheduledTime);
  },
} satisfies ExportedHandler<Record<string, unknown>>;
