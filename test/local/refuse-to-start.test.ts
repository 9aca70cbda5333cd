import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { lockFolder } from '../../local/lock-folder.ts';
import { emptyFolder, quietEnvironment, runLocal, takePort } from './local-command.ts';

// Databases and Workers take a second to start, and many seconds on a machine that is busy.
vi.setConfig({ testTimeout: 60_000 });

const refusal = async (script: string, args: string[], env: Record<string, string>, cwd = emptyFolder()) => {
  const command = runLocal(script, args, cwd, { ...(await quietEnvironment()), ...env });
  const code = await command.ended;
  return { code, lines: command.output().trim().split('\n') };
};

test('an argument that is unknown ends npm run dev with one sentence', async () => {
  expect(await refusal('dev.ts', ['--prot', '9000'], {})).toEqual({
    code: 1,
    lines: [expect.stringMatching(/^Unknown option '--prot'\. Usage: npm run dev/)],
  });
});

test("npm run dev says that the Worker's port is taken", async () => {
  const { port, free } = await takePort();
  expect(await refusal('dev.ts', [], { PORT: String(port) })).toEqual({
    code: 1,
    lines: [`The Worker (PORT or --port) cannot listen on 127.0.0.1:${port}: the port is already taken.`],
  });
  await free();
});

test("npm run services says that a service's port is taken, and by which variable to choose another", async () => {
  const { port, free } = await takePort();
  expect(await refusal('services.ts', [], { LOCAL_POSTGRES_PORT: String(port) })).toEqual({
    code: 1,
    lines: [`The local Postgres (LOCAL_POSTGRES_PORT) cannot listen on 127.0.0.1:${port}: the port is already taken.`],
  });
  await free();
});

test('a data folder that another process uses is left alone', async () => {
  const folder = emptyFolder();
  const release = lockFolder(join(folder, '.local'));
  expect(await refusal('services.ts', [], {}, folder)).toEqual({
    code: 1,
    lines: [expect.stringContaining(`The data folder .local is in use by another process (${process.pid})`)],
  });
  release();
});

test('a value in .dev.vars that the Worker would refuse is named before the Worker starts', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, '.dev.vars'), 'MEMORY_DEFAULT=many\n');
  expect(await refusal('dev.ts', [], {}, folder)).toEqual({
    code: 1,
    lines: [expect.stringMatching(/^\.dev\.vars: .*MEMORY_DEFAULT/)],
  });
});

test('npm run migrate without a database says what is missing', async () => {
  expect(await refusal('migrate.ts', [], {})).toEqual({
    code: 1,
    lines: ['DATABASE_URL is not set: put the connection string into the environment or into .dev.vars.'],
  });
});
