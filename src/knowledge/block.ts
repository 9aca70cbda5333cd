/** A stretch of a text that belongs together, from `start` to before `end` in UTF-16 units, without the line break behind it. */
export interface Block {
  kind: 'heading' | 'paragraph' | 'list' | 'code' | 'table';
  start: number;
  end: number;
  /** Of a heading only. */
  heading?: Heading;
}

export interface Heading {
  /** From 1. */
  level: number;
  text: string;
}

/** A document as it is split: its blocks are in order, do not touch each other, and hold all of the text that is not blank. */
export interface ReadDocument {
  /** What the document itself calls itself. */
  title: string | null;
  text: string;
  blocks: Block[];
}
