import { config } from 'zod';

/** zod compiles its parsers with `new Function` where it may. The page's content policy forbids that, so zod must not even try. */
config({ jitless: true });
