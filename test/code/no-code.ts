import type { CodeInterpreter } from '../../src/code/code-interpreter.ts';

/** For tests of other servers: whoever runs code fails. */
export const noCode: CodeInterpreter = {
  interpret: () => Promise.reject(new Error('This test has no code.')),
  forget: async () => undefined,
};
