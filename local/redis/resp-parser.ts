import { RespError, RespInteger, RespStatus, type RespReply } from './resp-reply.ts';

/** Thrown inside the parser only: the bytes so far end in the middle of a reply. */
class Incomplete extends Error {}

/** Turns the bytes of a RESP2 connection into replies. */
export class RespParser {
  #pending: Buffer[] = [];
  #bytes: Buffer = Buffer.alloc(0);
  #position = 0;
  #needed = 0;

  /** The replies that `chunk` completes. */
  push(chunk: Buffer): RespReply[] {
    this.#pending.push(chunk);
    // A long string arrives in many chunks: they are joined when it is whole, not once per chunk.
    if (this.#pending.reduce((sum, part) => sum + part.length, 0) < this.#needed) return [];
    this.#bytes = Buffer.concat(this.#pending);
    this.#position = 0;
    this.#needed = 0;

    const replies: RespReply[] = [];
    let consumed = 0;
    try {
      while (consumed < this.#bytes.length) {
        replies.push(this.#read());
        consumed = this.#position;
      }
    } catch (error) {
      if (!(error instanceof Incomplete)) throw error;
      this.#needed = Math.max(0, this.#needed - consumed);
    }
    this.#pending = [this.#bytes.subarray(consumed)];
    return replies;
  }

  #read(): RespReply {
    const line = this.#line();
    const rest = line.slice(1);
    switch (line[0]) {
      case '+':
        return new RespStatus(rest);
      case '-':
        return new RespError(rest);
      case ':':
        return new RespInteger(rest);
      case '$':
        return rest === '-1' ? null : this.#take(Number(rest));
      case '*':
        return rest === '-1' ? null : Array.from({ length: Number(rest) }, () => this.#read());
      default:
        throw new Error(`The Redis engine sent something that is not RESP2: ${JSON.stringify(line.slice(0, 40))}`);
    }
  }

  #line(): string {
    const end = this.#bytes.indexOf('\r\n', this.#position);
    if (end < 0) throw new Incomplete();
    const line = this.#bytes.toString('utf8', this.#position, end);
    this.#position = end + 2;
    return line;
  }

  #take(length: number): Buffer {
    const end = this.#position + length;
    if (this.#bytes.length < end + 2) {
      this.#needed = end + 2;
      throw new Incomplete();
    }
    const bytes = this.#bytes.subarray(this.#position, end);
    this.#position = end + 2;
    return bytes;
  }
}
