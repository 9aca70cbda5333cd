import type { ProductFields } from './product-fields.ts';

/** `updatedAt`: ISO 8601, UTC. */
export type Product = ProductFields & { updatedAt: string };

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

/** The products of one owner. */
export interface Catalogue {
  /** Adds products and replaces those of the same id, which must all differ. Throws AppError `catalogue_full` before anything is stored. */
  put(products: ProductFields[]): Promise<void>;
  search(query: ProductQuery): Promise<{ products: Product[]; total: number }>;
  get(id: string): Promise<Product | null>;
  /** By name. */
  categories(): Promise<Category[]>;
}
