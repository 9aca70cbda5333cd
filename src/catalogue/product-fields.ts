import { z } from 'zod';

const text = (most: number) => z.string().trim().min(1).max(most);
const optional = <T>(schema: z.ZodType<T>) => schema.nullish().transform((value) => value ?? null);

/** What a product must be, at every door. The largest price is what the column holds. */
export const productSchema = z.object({
  id: text(100),
  name: text(300),
  description: optional(z.string().trim().max(5000)),
  price: optional(z.number().min(0).max(999_999_999_999)),
  category: optional(text(100)),
  attributes: z
    .record(z.string().min(1).max(50), z.union([z.string().max(500), z.number(), z.boolean()]).transform(String))
    .refine((attributes) => Object.keys(attributes).length <= 50, 'has more than 50 entries')
    .default({}),
  available: z.boolean().default(true),
});

export type ProductFields = z.infer<typeof productSchema>;
