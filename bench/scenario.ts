import type { Harness } from './harness.ts';
import type { Table } from './table.ts';

export interface RunOptions {
  /** Fewer repetitions: shows that all works, and not much more. */
  quick: boolean;
  progress(text: string): void;
}

export type Scenario = (harness: Harness, options: RunOptions) => Promise<Table[]>;
