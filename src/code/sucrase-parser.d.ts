/** Files of sucrase that Node and the bundler agree on; the package describes its main file only. */
declare module 'sucrase/dist/parser/index.js' {
  export { parse } from 'sucrase/dist/types/parser/index.d.ts';
}
declare module 'sucrase/dist/parser/tokenizer/index.js' {
  export { IdentifierRole } from 'sucrase/dist/types/parser/tokenizer/index.d.ts';
}
declare module 'sucrase/dist/parser/tokenizer/types.js' {
  export { TokenType } from 'sucrase/dist/types/parser/tokenizer/types.d.ts';
}
declare module 'sucrase/dist/index.js' {
  export { transform } from 'sucrase/dist/types/index.d.ts';
}
