import { z } from 'zod';
import { GLOB_MAX_CHARACTERS, QUERY_MAX_CHARACTERS } from './workspace-limits.ts';

const printable = (text: string) => !/[\p{Cc}\p{Cs}]/u.test(text);

export const globSchema = z.string().min(1).max(GLOB_MAX_CHARACTERS).refine(printable, 'holds control characters');

/** What to find in a line; a tab may stand in one. */
export const querySchema = z
  .string()
  .min(1)
  .max(QUERY_MAX_CHARACTERS)
  .refine((text) => printable(text.replaceAll('\t', '')), 'must be one line, without control characters');

/** A version as `FileInfo` has it; larger numbers are not exact. */
export const versionSchema = z.int().min(1);

/** `text/plain; charset=utf-8` and the like: what may stand in a header. */
export const mediaTypeSchema = z
  .string()
  .max(128)
  .regex(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w!#$&^.+-]+=("[\w .:+-]*"|[\w!#$&^.+-]+))*$/, 'is not a media type');
