import type { ToolChangePolicy } from './detect-changes.ts';
import type { TurnTools } from './tool-hub.ts';
import type { LinkedServer } from './tool-sources.ts';

/** What is told of tools that are not what they were, for as long as the catalogue is kept that found it. */
export function changedTools(linked: readonly LinkedServer[], policy: ToolChangePolicy): TurnTools['changed'] {
  return linked.flatMap(({ server, catalogue }) =>
    policy === 'allow' || server.builtIn || catalogue.status !== 'available' || catalogue.changed.length === 0
      ? []
      : [{ server: server.name, tools: catalogue.changed, blocked: policy === 'block' }],
  );
}
