import { runWorkerd } from './run-workerd.ts';

// A Worker in a process of its own, so that a test can kill it as a machine would. Arguments: folder, variables as JSON. Prints its address.
const [folder = '', vars = '{}'] = process.argv.slice(2);
const miniflare = runWorkerd(folder, JSON.parse(vars) as Record<string, string>, () => undefined);
console.log((await miniflare.ready).href);
