/** A status line such as OK or PONG, which Upstash writes differently from a stored string. */
export class RespStatus {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** Kept as the digits that came: Redis integers have 64 bits, JavaScript numbers do not. */
export class RespInteger {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
}

export class RespError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

export type RespReply = null | Buffer | RespStatus | RespInteger | RespError | RespReply[];

export type Command = (string | Buffer)[];
