import { z } from 'zod';
import type { Env } from '../../src/env.ts';
import { fine, wrong, type Finding } from './finding.ts';
import { timeProbe } from './time-probe.ts';

const keySet = z.object({ keys: z.array(z.object({ kty: z.string() })) });

/** Whether those answer who say who a caller is. */
export async function probeIdentity(env: Env): Promise<Finding[]> {
  const found: Finding[] = [];
  if (env.JWT_JWKS_URL) found.push(await probeKeys(env.JWT_JWKS_URL));
  if (env.INTROSPECTION_URL) found.push(await probeIntrospection(env.INTROSPECTION_URL));
  return found;
}

async function probeKeys(url: string): Promise<Finding> {
  const about = `keys at ${new URL(url).host}`;
  try {
    const { value } = await timeProbe(async (signal) => keySet.parse(await (await fetch(url, { signal })).json()));
    return fine(about, `${value.keys.length} of them`);
  } catch {
    return wrong(about, 'no key set (RFC 7517) can be had there: see JWT_JWKS_URL');
  }
}

/** Any status will do: without a token nobody is let in. */
async function probeIntrospection(url: string): Promise<Finding> {
  const about = `introspection at ${new URL(url).host}`;
  try {
    const { ms } = await timeProbe((signal) => fetch(url, { signal }));
    return fine(about, `answers, in ${ms} ms`);
  } catch {
    return wrong(about, 'cannot be reached: see INTROSPECTION_URL');
  }
}
