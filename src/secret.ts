const SHOWN = '[secret]';

/** A text that no log, error or answer can show by accident: whatever turns it into text gets `[secret]`. Adapters alone reveal it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The secret itself. Hand it to whoever needs it, and keep it nowhere. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.toPrimitive](): string {
    return SHOWN;
  }

  /** What the consoles of Node and workerd show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}
