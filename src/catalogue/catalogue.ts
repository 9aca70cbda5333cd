import type { ProductFields } from './product-fields.ts';

/** Owns the products that every caller sees beside their own; no caller has this name, since theirs begin with their kind. */
export const SHARED_OWNER = 'shared';

/** `shared`: not the caller's own. `updatedAt`: ISO 8601, UTC. */
export type Product = ProductFields & { shared: boolean; updatedAt: string };

export const SORTS = ['relevance', 'price_asc', 'price_desc', 'name', 'newest'] as const;
export type Sort = (typeof SORTS)[number];

export interface ProductQuery {
  /** Every word has to be found, perhaps misspelled; none finds everything. */
  words: string[];
  category: string | null;
  minPrice: number | null;
  maxPrice: number | null;
  available: boolean | null;
  sort: Sort;
  limit: number;
  offset: number;
}

export interface Category {
  name: string;
  products: number;
}

/** The products of one owner, and to read also those that are shared, where the owner has none of the same id. */
export interface Catalogue {
  /** Adds own products and replaces those of the same id, which must all differ. Throws AppError `catalogue_full` before anything is stored. */
  put(products: ProductFields[]): Promise<void>;
  search(query: ProductQuery): Promise<{ products: Product[]; total: number }>;
  get(id: string): Promise<Product | null>;
  /** Removes an own product; false when there is none. */
  remove(id: string): Promise<boolean>;
  /** By name. */
  categories(): Promise<Category[]>;
}
