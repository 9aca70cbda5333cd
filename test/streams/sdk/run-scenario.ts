import { setTimeout as sleep } from 'node:timers/promises';
import { endingScenarios } from './ending-scenarios.ts';
import { outputScenarios } from './output-scenarios.ts';
import { providerScenarios } from './provider-scenarios.ts';
import { turnScenarios } from './turn-scenarios.ts';

const scenarios = new Map(
  Object.entries({ ...turnScenarios, ...endingScenarios, ...outputScenarios, ...providerScenarios }),
);

export const scenarioNames = [...scenarios.keys()];

/** What a scenario brings, as JSON: without clocks and without identifiers that are drawn by lot. */
export async function runScenario(name: string): Promise<string> {
  const scenario = scenarios.get(name);
  if (!scenario) throw new Error(`There is no scenario "${name}".`);
  const result = await Promise.race([scenario(), sleep(4000).then(() => 'it hangs')]);
  return JSON.stringify(result, (key, value: unknown) => {
    if (/Ms$|timestamp|PerSecond|performance|^(approvalId|callId|messageId|id)$/i.test(key)) return undefined;
    // Made up by the SDK; those of the scripts are short.
    if (key === 'toolCallId' && String(value).length > 12) return 'made up';
    return value instanceof Error ? String(value) : value;
  });
}
