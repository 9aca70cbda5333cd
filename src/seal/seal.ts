/** Texts that only this deployment can read, and only in the place that they were sealed for. */
export interface Seal {
  /** `context` says where the text belongs (the key of its row, whose it is): elsewhere it cannot be read. */
  seal(text: string, context: string): Promise<string>;
  /** Null when it was not sealed with one of our keys and this context, or is not what it was. */
  unseal(sealed: string, context: string): Promise<string | null>;
}
