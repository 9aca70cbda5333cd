import { parseArgs } from 'node:util';
import { ENV_NAMES } from '../src/env.ts';
import { LocalError } from './local-error.ts';
import { readDevVars } from './read-dev-vars.ts';
import { runMain } from './run-main.ts';
import { examine } from './doctor/examine.ts';

const MARKS = { fine: 'ok', note: '--', wrong: '!!' } as const;

await runMain(async () => {
  const file = parseArgs({ options: { file: { type: 'string', default: '.dev.vars' } } }).values.file;
  const shell = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value && ENV_NAMES.includes(name) ? [[name, value]] : [])),
  );
  // References in MCP_SERVERS may name any variable of the file.
  const vars = { ...readDevVars(file), ...shell };
  if (Object.keys(vars).length === 0) {
    throw new LocalError(`Nothing is configured: no variable is set in the shell, and ${file} is missing or empty.`);
  }
  const findings = await examine(vars);
  for (const { level, about, says } of findings) console.log(`${MARKS[level]}  ${about}: ${says}`);
  const wrong = findings.filter(({ level }) => level === 'wrong').length;
  console.log(wrong === 0 ? '\nReady to deploy.' : `\n${wrong} to mend.`);
  process.exit(wrong === 0 ? 0 : 1);
});
