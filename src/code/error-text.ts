import type { CodeError } from './code-runner.ts';

/** An error as its reader sees it: what it says, and where. */
export function errorText({ name, message, stack, isCutOff }: CodeError): string {
  if (isCutOff) return message;
  const said = message === '' ? name : `${name}: ${message}`;
  return stack === '' ? said : `${said}\n${stack.replaceAll(/^/gm, '    ')}`;
}
