import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { runMain } from '../local/run-main.ts';
import { stopSignal } from '../local/stop-signal.ts';
import { startHarness } from './harness.ts';
import { promisedTable, type Findings } from './promises.ts';
import { readOptions, type BenchOptions } from './read-options.ts';
import type { Scenario } from './scenario.ts';
import { crowd } from './scenarios/crowd.ts';
import { firehose } from './scenarios/firehose.ts';
import { firstAndLastToken } from './scenarios/first-and-last-token.ts';
import { knowledgeSearch } from './scenarios/knowledge-search.ts';
import { oneTurn } from './scenarios/one-turn.ts';
import { redisCommands } from './scenarios/redis-commands.ts';
import { sizeAndStart } from './scenarios/size-and-start.ts';
import { slowClients } from './scenarios/slow-clients.ts';
import { storedMessages } from './scenarios/stored-messages.ts';
import { showProgress } from './show-progress.ts';
import { formatTable, type Table } from './table.ts';
import { targetsTable } from './targets-table.ts';

/** What must be fast, in the order in which it is measured; `--only NAME` takes one. */
const SCENARIOS: Record<string, Scenario> = {
  'size-and-start': sizeAndStart,
  'first-and-last-token': firstAndLastToken,
  'one-turn': oneTurn,
  'redis-commands': redisCommands,
  crowd,
  firehose,
  'slow-clients': slowClients,
  'stored-messages': storedMessages,
  'knowledge-search': knowledgeSearch,
};

async function measure({ only, quick, json }: BenchOptions): Promise<void> {
  const stopped = stopSignal().then(() => 'stopped' as const);
  showProgress('bundling and starting');
  await using harness = await startHarness();
  const tables: Table[] = [];
  const findings: Findings = {};
  const show = (table: Table): void => {
    showProgress('');
    console.log(`${formatTable(table)}\n`);
    tables.push(table);
  };
  show(targetsTable(harness.targets));
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    if (only !== undefined && only !== name) continue;
    showProgress(name);
    const running = scenario(harness, { quick, progress: (text) => showProgress(`${name}: ${text}`) });
    // Once stopped, nobody waits for it any more.
    running.catch(() => {});
    try {
      const measured = await Promise.race([running, stopped]);
      if (measured === 'stopped') return void (process.exitCode = 130);
      measured.tables.forEach(show);
      Object.assign(findings, measured.findings);
    } catch (error) {
      showProgress('');
      console.error(`\n!!! ${name} FAILED, it has no numbers:`, error, '\n');
      process.exitCode = 1;
    }
  }
  show(promisedTable(findings));
  if (json !== undefined) await writeFile(json, `${JSON.stringify(reportOf(tables, findings, quick), null, 2)}\n`);
}

function reportOf(tables: Table[], findings: Findings, quick: boolean): object {
  const { platform, arch, version } = process;
  const date = new Date().toISOString();
  return { date, platform, arch, node: version, processors: availableParallelism(), quick, findings, tables };
}

await runMain(() => measure(readOptions(process.argv.slice(2), Object.keys(SCENARIOS))));
// A scenario that was stopped half-way would go on.
process.exit();
