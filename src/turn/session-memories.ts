import type { Recollections } from '../memory/recollections.ts';

export interface SummaryRequest {
  /** The summary so far; null for the first one. */
  earlier: string | null;
  /** What was said since, as `writeTranscript` puts it. */
  transcript: string;
  /** Catalogue id of the model of the conversation. */
  answeredBy: string;
}

/** How sessions remember what has left the window. */
export interface SessionMemories extends Recollections {
  /** Null when MEMORY_SUMMARY is off. Answers null when the model fails, and never rejects. */
  summarise: ((request: SummaryRequest) => Promise<{ text: string; model: string } | null>) | null;
}
