import type { Catalogue } from '../../src/catalogue/catalogue.ts';

const refuse = () => Promise.reject(new Error('This test has no products.'));

/** For tests of other servers: whoever touches a product fails. */
export const noCatalogue: Catalogue = { put: refuse, search: refuse, get: refuse, remove: refuse, categories: refuse };
