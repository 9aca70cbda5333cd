export type SilentPhase = 'headers' | 'first token' | 'next part';

/** The provider was silent for too long. The attempt is aborted with this error as its reason. */
export class ProviderTimeoutError extends Error {
  readonly phase: SilentPhase;

  constructor(phase: SilentPhase, ms: number) {
    super(`The provider sent no ${phase} within ${ms} ms.`);
    this.name = 'ProviderTimeoutError';
    this.phase = phase;
  }
}

/** The provider's answer ended without saying that it was complete. */
export class UnfinishedAnswerError extends Error {
  constructor(finishReason: string | undefined) {
    super(finishReason ? `The answer ended with "${finishReason}".` : 'The answer ended without a finish reason.');
    this.name = 'UnfinishedAnswerError';
  }
}
