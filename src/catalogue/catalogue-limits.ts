/** Products of one caller: a search reads them all, and so many take it some tens of milliseconds. */
export const PRODUCTS_MAX = 20_000;
/** Products in one statement. */
export const IMPORT_BATCH = 500;
/** Errors that are told of one import; a file in the wrong format has one a line. */
export const ERRORS_SHOWN_MAX = 100;
/** Words of a query that count. */
export const WORDS_MAX = 8;
/** How much of a word's trigrams a product's name has to share: about one wrong letter in a short word, two in a long one. */
export const TRIGRAM_SHARE = 0.5;
