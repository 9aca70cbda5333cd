import type { Harness } from './harness.ts';
import type { Findings } from './promises.ts';
import type { Table } from './table.ts';

export interface RunOptions {
  /** Fewer repetitions: shows that all works, and not much more. */
  quick: boolean;
  progress(text: string): void;
}

export interface Measured {
  tables: Table[];
  /** What of it is promised. */
  findings?: Findings;
}

export type Scenario = (harness: Harness, options: RunOptions) => Promise<Measured>;
