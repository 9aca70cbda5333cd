import { platformStreams } from './platform-streams.ts';

/** Whether the bundler has put the classes in memory in the place of the platform's: the bare name then is another class. */
export function isSwitchedOn(): boolean {
  return ReadableStream !== platformStreams.ReadableStream;
}
