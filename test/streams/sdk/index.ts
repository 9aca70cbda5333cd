// Without a name, because it must have run before any other module loads.
// oxlint-disable-next-line import/no-unassigned-import
import '../../../src/streams/install.ts';
import { isSwitchedOn } from '../../../src/streams/is-switched-on.ts';
import { borders } from './borders.ts';
import { runScenario, scenarioNames } from './run-scenario.ts';

/** Runs what the query names; without one tells the names, and whether the streams are swapped. */
export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const scenario = searchParams.get('scenario');
    if (scenario !== null) return new Response(await runScenario(scenario));
    const border = borders.get(searchParams.get('border') ?? '');
    if (border) return Response.json(await border());
    return Response.json({ scenarioNames, switchedOn: isSwitchedOn() });
  },
};
