import { openServices } from '../local/open-services.ts';
import { workerVars } from '../local/worker-vars.ts';

// Started by start-services-process.ts. The parent closes the channel when it ends, in whatever way it ends.
process.on('SIGINT', () => {});
const services = await openServices({}, new Set(['redis', 'postgres']));
process.on('disconnect', () => {
  void services.close().then(() => process.exit(0));
});
process.send?.(workerVars(services));
