// Built into dist/, which the hub serves at `/`. For work on the pages: `npx vite` beside a running hub.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const HUB = process.env.LADING_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2023',
    // No script or style inside the page: the content security policy allows none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/v1': HUB } },
});
