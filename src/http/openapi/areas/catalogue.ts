import { z } from 'zod';
import { type productBody, searchProductsQuery, writeProductsQuery } from '../../catalogue.ts';
import type { Area } from '../area.ts';

const productSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    price: z.number().nullable(),
    category: z.string().nullable(),
    attributes: z.record(z.string(), z.string()),
    available: z.boolean(),
    shared: z.boolean().describe('Whether it is one of those that all callers see.'),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: 'Product' }) satisfies z.ZodType<ReturnType<typeof productBody>>;

const errors = ['archive_unavailable'] as const;
const sharing = ['admin_disabled', 'missing_admin_token', 'invalid_admin_token'] as const;

export const catalogue: Area = {
  name: 'Catalogue',
  description: "The caller's products, for shops that answer in chats.",
  operations: {
    'POST /catalogue/products': {
      id: 'importProducts',
      summary: 'Take products as CSV or JSON lines',
      description:
        'The first line of CSV names the columns. Lines with a mistake are told, the others are stored. With `Accept: application/x-ndjson` the answer tells line by line how far it is, and ends with `done` or `failed`. With `shared`, and `X-Admin-Token`, they are for all callers.',
      query: writeProductsQuery,
      body: {
        types: ['text/csv', 'application/x-ndjson'],
        example: 'id,name,price,category\ntea-1,Green tea,4.5,tea\n',
      },
      answers: {
        200: {
          description: 'How many were stored, and what was wrong with the rest.',
          schema: z.object({
            imported: z.int(),
            failed: z.int(),
            errors: z.array(z.object({ line: z.int(), message: z.string() })),
          }),
          types: ['application/x-ndjson'],
        },
      },
      errors: [...errors, ...sharing, 'catalogue_full', 'payload_too_large', 'unsupported_media_type'],
    },
    'GET /catalogue/search': {
      id: 'searchProducts',
      summary: 'Search products',
      description: 'Spelling may be a little off; Persian and Arabic forms are one.',
      query: searchProductsQuery,
      answers: {
        200: {
          description: 'A page; `cursor` leads to the next one, and is null on the last.',
          schema: z.object({ products: z.array(productSchema), total: z.int(), cursor: z.string().nullable() }),
        },
      },
      errors,
    },
    'GET /catalogue/products/{id}': {
      id: 'readProduct',
      summary: 'Read a product',
      path: { id: 'The id of the product.' },
      answers: { 200: { description: 'The product.', schema: productSchema } },
      errors: [...errors, 'product_not_found'],
    },
    'DELETE /catalogue/products/{id}': {
      id: 'deleteProduct',
      summary: 'Delete a product',
      path: { id: 'The id of the product.' },
      query: writeProductsQuery,
      answers: { 204: { description: 'It is gone.' } },
      errors: [...errors, ...sharing, 'product_not_found'],
    },
    'GET /catalogue/categories': {
      id: 'listCategories',
      summary: 'List categories with their number of products',
      answers: {
        200: {
          description: 'By name.',
          schema: z.object({ categories: z.array(z.object({ name: z.string(), products: z.int() })) }),
        },
      },
      errors,
    },
  },
};
