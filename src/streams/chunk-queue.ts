interface Node<T> {
  readonly value: T;
  next: Node<T> | undefined;
}

/** First in, first out, at the same cost for every length. */
export class ChunkQueue<T> {
  #first: Node<T> | undefined;
  #last: Node<T> | undefined;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(value: T): void {
    const node = { value, next: undefined };
    if (this.#last) this.#last.next = node;
    else this.#first = node;
    this.#last = node;
    this.#size++;
  }

  /** In an object, because a chunk may itself be undefined. */
  shift(): { readonly value: T } | undefined {
    const node = this.#first;
    if (!node) return undefined;
    this.#first = node.next;
    if (!node.next) this.#last = undefined;
    this.#size--;
    return node;
  }

  clear(): void {
    this.#first = undefined;
    this.#last = undefined;
    this.#size = 0;
  }
}
