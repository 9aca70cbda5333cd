import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { lockFolder } from '../../local/lock-folder.ts';
import { emptyFolder } from './local-command.ts';

test('a folder has one user at a time', () => {
  const folder = emptyFolder();
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`${folder} is in use by another process (${process.pid})`);
  release();
  lockFolder(folder)();
});

test('a process that is killed leaves no lock behind, even when its pid lives on in another', async () => {
  const folder = emptyFolder();
  const module = pathToFileURL(join(import.meta.dirname, '..', '..', 'local', 'lock-folder.ts')).href;
  const script = `import { lockFolder } from ${JSON.stringify(module)};
    lockFolder(${JSON.stringify(folder)});
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  expect(() => lockFolder(folder)).toThrow('is in use by another process');

  const dead = once(holder, 'exit');
  holder.kill('SIGKILL');
  await dead;
  writeFileSync(join(folder, 'pid'), String(process.ppid));
  lockFolder(folder)();
});
