import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/app/**', 'test/browser/**', 'test/conformance/**', 'test/seeds/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'app',
          include: ['test/{app,conformance,seeds}/**/*.test.ts'],
          globalSetup: ['test/app/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
