/** Bytes that are UTF-8 without NUL are always text. */
export type FileContent = { kind: 'text'; text: string } | { kind: 'bytes'; bytes: Uint8Array };

export interface FileInfo {
  path: string;
  /** A number that no other state of any file has. */
  version: number;
  sizeBytes: number;
  mediaType: string;
  /** ISO 8601, UTC. */
  updatedAt: string;
}

export type StoredFile = FileInfo & { content: FileContent };
/** `content` is null where there was no room for it. */
export type ReadState = FileInfo & { content: FileContent | null };
/** `created`: there was no file before. */
export type WrittenFile = FileInfo & { created: boolean };
/** A state that `restore` can bring back. `retiredAt`: when it was overwritten or deleted. */
export type PastFile = FileInfo & { retiredAt: string };

/** What must be there for a change to happen: a version, any file at all, or nothing. */
export type Expected = { version: number } | 'any' | 'nothing';

export interface FileChange {
  content: FileContent;
  mediaType: string;
  expected?: Expected | undefined;
}

export interface ListFiles {
  prefix: string;
  /** A pattern of `globPattern`. */
  pattern: string | null;
  limit: number;
  /** Only paths after this one. */
  after: string | null;
}

export interface SearchFiles {
  /** Found as it stands, inside a line. */
  query: string;
  caseSensitive: boolean;
  pattern: string | null;
  limit: number;
}

/** `line` counts from 1; `text` is the line, cut around the place when it is long. */
export interface FoundLine {
  path: string;
  line: number;
  text: string;
}

/**
 * The files of one owner; a file of somebody else does not exist here. Paths are expected as `normalisePath` leaves them; folders are only
 * beginnings of paths. `null` means there is no such file. What a change cannot do is an AppError: `payload_too_large`, `workspace_full`,
 * `file_changed`, `file_exists`, `version_not_found`.
 */
export interface Workspace {
  /** The file as it is, or as it was in that version. */
  read(path: string, version?: number): Promise<StoredFile | null>;
  /**
   * States by their versions, in that order, wherever their files have been moved; null for what is no more, as all states of a deleted file
   * are. Contents are read from the first one on, as long as all together stay within `maxBytes`.
   */
  readStates(versions: readonly number[], maxBytes: number): Promise<(ReadState | null)[]>;
  /** Content that is there already changes nothing. */
  write(path: string, change: FileChange): Promise<WrittenFile>;
  /** Makes the file when there is none. */
  append(path: string, change: FileChange): Promise<WrittenFile>;
  /** By path. */
  list(wanted: ListFiles): Promise<FileInfo[]>;
  /** By path and line. Files that are no text hold no lines. */
  search(wanted: SearchFiles): Promise<FoundLine[]>;
  /** The earlier states move along. */
  move(from: string, to: string): Promise<FileInfo | null>;
  remove(path: string, expected?: Expected): Promise<FileInfo | null>;
  /** Deletes all that is below a folder, with its earlier states: nothing of it can be brought back. */
  removeFolder(folder: string): Promise<void>;
  /** Latest first. */
  past(path: string): Promise<PastFile[]>;
  /** Brings a state back: that version, or what was there before the last change; what is there now can itself be brought back. */
  restore(path: string, version?: number): Promise<WrittenFile>;
}
