import type { ReadableCore } from './readable-core.ts';
import type { StreamSource } from './stream-source.ts';

/**
 * Two streams, made by `make`, that both get every chunk of `core`; it is read when either wants a chunk. It is cancelled when both are,
 * and as the standard has it a branch's cancel() is over only then, or when the stream ends.
 */
export function teeCore<T, S>(
  core: ReadableCore<T>,
  make: (source: StreamSource<T>) => { stream: S; core: ReadableCore<T> },
): [S, S] {
  const reasons: [unknown, unknown] = [undefined, undefined];
  const cancelled = [false, false];
  const over = Promise.withResolvers<void>();
  let reading = false;

  const read = () => {
    if (reading) return;
    reading = true;
    core.take({
      chunk(value) {
        reading = false;
        for (const branch of open()) branch.core.push(value);
        if (open().some((branch) => branch.core.isHungry)) read();
      },
      end() {
        for (const branch of open()) branch.core.close();
        over.resolve();
      },
      fail(error) {
        for (const branch of open()) branch.core.fail(error);
        over.resolve();
      },
    });
  };
  const branch = (index: 0 | 1) =>
    make({
      pull: read,
      cancel(reason) {
        cancelled[index] = true;
        reasons[index] = reason;
        if (cancelled[0] && cancelled[1]) over.resolve(core.cancel(reasons));
        return over.promise;
      },
    });
  const first = branch(0);
  const second = branch(1);
  const open = () => [first, second].filter(({ core }) => core.isOpen);
  return [first.stream, second.stream];
}
