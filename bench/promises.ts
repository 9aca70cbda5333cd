import type { Table } from './table.ts';

/** What the benchmark is there to show. */
export const PROMISES = {
  cpuToBareProxy: ['50 streams: CPU, times that of the bare proxy', 'at most 6'],
  cpuToPlainStreamText: ['50 streams: CPU, times that of plain streamText', 'at most 0.40'],
  firehose: ['firehose: tokens/s', 'at least 40000'],
  firstToken: ['first token of a warm turn: added, less one Redis round trip, p50 ms', 'at most 8'],
  close: ['last token to close, saved, less one Redis round trip, p50 ms', 'at most 5'],
  storedCpu: ['5,000 stored messages: CPU of a turn, times that with 10', 'at most 1.1'],
  storedBytes: ['5,000 stored messages: Redis bytes of a turn, times those with 10', 'at most 1.1'],
} as const satisfies Record<string, readonly [what: string, target: string]>;

/** What a scenario has measured of it. */
export type Findings = Partial<Record<keyof typeof PROMISES, number>>;

export function promisedTable(findings: Findings): Table {
  const measured: Record<string, number | undefined> = findings;
  return {
    title: 'What is promised',
    columns: ['', 'measured', 'promised'],
    rows: Object.entries(PROMISES).map(([name, [what, target]]) => [what, measured[name] ?? 'not measured', target]),
    notes: ['Edgewise as it is deployed. Ratios are those of one run on one machine; with --quick they are rough.'],
  };
}
