import type { Table } from './table.ts';
import type { Target, TargetName } from './target.ts';

const DESCRIPTIONS: Record<TargetName, string> = {
  'bare proxy': "a Worker that hands the provider's bytes on",
  'plain streamText': "a chat as the AI SDK's documentation writes it; it keeps nothing",
  Edgewise: 'as it is deployed: limits, journal, memory, tools, archive',
  'Edgewise, switch off': "the same on the platform's streams, without the define of wrangler.toml",
};

export function targetsTable(targets: readonly Target[]): Table {
  const names = targets.map(({ name }) => name);
  return {
    title: 'What is measured',
    columns: ['target', 'what it is'],
    rows: names.map((name) => [name, DESCRIPTIONS[name]]),
    notes: [
      'Each in a workerd of its own; every answer is compared with what the provider sent, to the letter.',
      ...(names.includes('Edgewise, switch off')
        ? []
        : [
            'wrangler.toml has no define, so there is no switch: Edgewise and Edgewise with the switch off are the same.',
          ]),
    ],
  };
}
