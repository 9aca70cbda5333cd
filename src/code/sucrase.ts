import { transform } from 'sucrase/dist/index.js';
import { parse } from 'sucrase/dist/parser/index.js';
import { IdentifierRole } from 'sucrase/dist/parser/tokenizer/index.js';
import { TokenType } from 'sucrase/dist/parser/tokenizer/types.js';

const { _let: LET, _const: CONST, _class: CLASS } = TokenType;

/**
 * A cell as the interpreter runs it, lines kept: types left out where there are any, and what is declared at its top level declared so that
 * a later cell may declare it again (`let`, `const` and `class` become `var`). Code that cannot be read is left for the interpreter to refuse.
 */
export function prepareCell(code: string): string {
  const plain = withoutTypes(code);
  return plain === null ? code : withVars(plain);
}

/** JavaScript stays as it is: some of it could be read as TypeScript, and would mean something else. */
function withoutTypes(code: string): string | null {
  try {
    parse(code, false, false, false);
    return code;
  } catch {
    // Not JavaScript.
  }
  try {
    return transform(code, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
  } catch {
    return null;
  }
}

function withVars(code: string): string {
  const { tokens } = parse(code, false, false, false);
  const edits: { at: number; length: number; text: string }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.scopeDepth !== 0) continue;
    const next = tokens[index + 1];
    if (token.type === LET || token.type === CONST) {
      // As long as before, so that columns in errors are right.
      edits.push({ at: token.start, length: token.end - token.start, text: 'var'.padEnd(token.end - token.start) });
    } else if (token.type === CLASS && next?.identifierRole === IdentifierRole.TopLevelDeclaration) {
      edits.push({ at: token.start, length: 0, text: `var ${code.slice(next.start, next.end)} = ` });
      const end = endOfClass(tokens, index);
      if (end !== null) edits.push({ at: end, length: 0, text: ';' });
    }
  }
  edits.sort((a, b) => a.at - b.at);
  let from = 0;
  const pieces = edits.map(({ at, length, text }) => {
    const piece = code.slice(from, at) + text;
    from = at + length;
    return piece;
  });
  return pieces.join('') + code.slice(from);
}

/** Where the body ends of the class whose keyword is at `index`. */
function endOfClass(tokens: ReturnType<typeof parse>['tokens'], index: number): number | null {
  let depth = 0;
  for (const token of tokens.slice(index)) {
    if (token.type === TokenType.braceL || token.type === TokenType.dollarBraceL) depth += 1;
    if (token.type !== TokenType.braceR) continue;
    depth -= 1;
    if (depth === 0) return token.end;
  }
  return null;
}
