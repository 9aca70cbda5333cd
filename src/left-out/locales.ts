/** Stands in for zod's messages in fifty languages: we say everything in English, which it brings along by itself. */
export const languages: readonly string[] = [];
