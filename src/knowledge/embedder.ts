/** Turns texts into vectors that lie near each other when the texts mean alike. */
export interface Embedder {
  /** Tells vectors of one kind from those of another: the model, and its dimensions where they were chosen. */
  id: string;
  /** One vector for each text, in order. Throws AppError `provider_error` or `provider_timeout`. */
  embed(texts: readonly string[], options: { timeoutMs: number }): Promise<number[][]>;
}
