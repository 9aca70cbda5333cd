import { examineConfiguration } from './examine-configuration.ts';
import type { Finding } from './finding.ts';
import { probeDatabase } from './probe-database.ts';
import { probeIdentity } from './probe-identity.ts';
import { probeModels } from './probe-models.ts';
import { probeRedis } from './probe-redis.ts';
import { probeToolServers } from './probe-tool-servers.ts';

/** Reads the variables, and when they make sense asks everything that they name. */
export async function examine(vars: Readonly<Record<string, string>>): Promise<Finding[]> {
  const { findings, env, servers } = examineConfiguration(vars);
  if (!env) return findings;
  const probed = await Promise.all([
    probeRedis(env),
    probeDatabase(env),
    findings.some(({ about, level }) => about === 'models' && level === 'wrong') ? [] : probeModels(env),
    probeIdentity(env),
    probeToolServers(servers),
  ]);
  return [...findings, ...probed.flat()];
}
