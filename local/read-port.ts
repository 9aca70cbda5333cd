import { LocalError } from './local-error.ts';

/** `source` names the variable or argument in the sentence for a value that is no port. Absent or empty is the default. */
export function readPort(source: string, value: string | undefined, defaultPort: number): number {
  if (value === undefined || value === '') return defaultPort;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new LocalError(`${source} must be a port number from 1 to 65535, not "${value}".`);
  }
  return port;
}
