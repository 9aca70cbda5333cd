import type { TurnOptions } from '../journal/turn-options.ts';
import type { WindowLimits } from '../memory/recollection.ts';
import type { Session } from '../memory/session.ts';
import type { TurnPolicy } from './turn-request.ts';

/** What a message says goes before what its session says, and that before the deployment's default. */
export function limitsOf(
  { memoryTokens }: Pick<TurnPolicy, 'memoryTokens'>,
  session: Pick<Session, 'memoryLimit' | 'memoryTokens'>,
  options: TurnOptions,
): WindowLimits {
  return {
    messages: options.memoryLimit ?? session.memoryLimit,
    tokens: options.memoryTokens ?? session.memoryTokens ?? memoryTokens,
  };
}
