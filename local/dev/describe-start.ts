import type { OpenServices } from '../open-services.ts';
import type { ServicePlan } from './plan-services.ts';

/** What the person needs to know once the Worker answers. */
export function describeStart(address: string, plan: ServicePlan, services: OpenServices, seconds: number): string {
  const { redis, postgres, model } = services;
  return `
Edgewise is ready in ${seconds.toFixed(1)} s:  ${address}

  Model     ${model ? 'the demonstration model on this machine, because .dev.vars holds no provider key' : own(plan.own.model)}
  Redis     ${redis ? `${redis.engine}, on this machine` : own(plan.own.redis)}
  Postgres  ${postgres ? `${postgres.engine}, on this machine` : `${own(plan.own.postgres)}; "npm run migrate" brings it up to date`}

Open the address in a browser, or try:

  curl ${address}/health
  curl -X POST ${address}/sessions
  curl -N -H 'accept: text/event-stream' --json '{"content":"Hello"}' ${address}/sessions/SESSION_ID/messages

Ctrl-C ends everything.
`;
}

function own(variables: string[]): string {
  return `your own, because .dev.vars sets ${variables.join(', ')}`;
}
