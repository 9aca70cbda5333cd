// Without a name, because it must have run before any other module loads.
// oxlint-disable-next-line import/no-unassigned-import
import './streams/install.ts';
import { createApp } from './app.ts';
import { drainOutbox } from './archive/drain-outbox.ts';
import { claimAbandoned } from './turn/claim-abandoned.ts';
import { createWiring } from './wiring.ts';

const makeServices = createWiring();
const app = createApp(makeServices);

/** The Worker: requests go to the app; every minute cron finishes turns that were left behind and delivers what the archive has missed. */
export default {
  fetch: app.fetch,
  async scheduled(event, bindings, context) {
    const services = makeServices(bindings, context);
    const { archive, outbox, log } = services;
    await claimAbandoned(services, services.policy);
    if (!archive) return;
    try {
      const report = await drainOutbox(outbox, archive, event.scheduledTime);
      if (report.archived + report.unreadable > 0) log('info', 'outbox_drained', { ...report });
    } catch (cause) {
      log('warn', 'outbox_drain_failed', {}, cause);
    }
  },
} satisfies ExportedHandler<Record<string, unknown>>;
