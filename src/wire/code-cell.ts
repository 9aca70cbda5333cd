import { cutFragments } from './cut-fragments.ts';

/** A call of the code tool, shown as it is typed: the JSON text of its arguments in fragments that joined begin exactly with HEAD. */
export interface CodeCell {
  /** More of the arguments as the model writes them. */
  write(delta: string): void;
  /** The arguments are complete. */
  complete(input: unknown): void;
  /** What can be shown now and was not yet, in fragments: at least two for a call. */
  take(): string[];
  /** Something was taken, but not all of it. */
  isOpen(): boolean;
}

const HEAD = '{"code":"';
/** Models put spaces where they like. */
const HEAD_AS_WRITTEN = /^\s*\{\s*"code"\s*:\s*"/;

/**
 * A cell that was typed in part before a client joined is typed for it from its start. Arguments that do not begin with the code are
 * shown once they are complete.
 */
export function codeCell(): CodeCell {
  let written = '';
  let whole: string | null = null;
  let taken = 0;

  function text(): string {
    if (whole !== null && taken === 0) return whole;
    const head = HEAD_AS_WRITTEN.exec(written)?.[0];
    return head === undefined ? '' : HEAD + written.slice(head.length);
  }

  return {
    write(delta) {
      written += delta;
    },
    complete(input) {
      whole = argumentText(input);
    },
    take() {
      const shown = text();
      const fragments = taken === 0 && shown !== '' ? [HEAD] : [];
      fragments.push(...cutFragments(shown.slice(Math.max(taken, HEAD.length))));
      taken = Math.max(taken, shown.length);
      return fragments;
    },
    isOpen: () => taken > 0 && whole === null,
  };
}

/** Clients read `code` alone; a model that sent no object is quoted in it. */
function argumentText(input: unknown): string {
  const isObject = typeof input === 'object' && input !== null && !Array.isArray(input);
  const { code, ...others } = { code: isObject ? '' : input, ...(isObject && input) };
  const source = typeof code === 'string' ? code : (JSON.stringify(code) ?? '');
  const rest = JSON.stringify(others).slice(1);
  // Not one object: in an object of its own, JavaScript would put keys that are numbers before the code.
  return `{"code":${JSON.stringify(source)}${rest === '}' ? '' : ','}${rest}`;
}
