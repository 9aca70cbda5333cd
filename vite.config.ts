import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages are files and nothing else: no inlined assets or scripts, so that they run under a policy of `'self'` alone. */
export default defineConfig({
  root: 'src/pages',
  plugins: [react()],
  build: {
    outDir: '../../dist/pages',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    // New enough to know `:dir()`: for older ones it would be rewritten into a list of languages, which says something else.
    cssTarget: ['chrome123', 'firefox125', 'safari17.5'],
    rolldownOptions: {
      output: {
        // Libraries change less often than the page does, so they keep their own, cached files.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'libraries', test: /node_modules/ },
          ],
        },
      },
    },
  },
});
