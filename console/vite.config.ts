// Built into dist/, which the hub serves at `/`. For work on the pages: `npx vite` beside a running hub.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { groups } from './build/chunks.ts';
import { earlyFirst } from './build/early-first.ts';
import { whatPagesNeed } from './build/what-pages-need.ts';

const HUB = process.env.LADING_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), earlyFirst(), whatPagesNeed()],
  build: {
    target: 'es2023',
    // No script or style inside the page: the content security policy allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { index: 'index.html', early: 'src/early.ts' },
      output: { codeSplitting: { groups } },
    },
  },
  server: { proxy: { '/v1': HUB } },
});
