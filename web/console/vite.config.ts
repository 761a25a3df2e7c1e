// SPDX-License-Identifier: Apache-2.0

import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// Where the server listens while the console is worked on.
const server = 'http://127.0.0.1:8091';
// The server answers requests for its own host only, so the proxy speaks under that name.
// What the server sends, so that what it forbids fails here too.
const headers = {
  'Content-Security-Policy': "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};
const proxy = { '/api': { target: server, changeOrigin: true } };

export default defineConfig({
  plugins: [vue()],
  server: { proxy },
  preview: { proxy, headers, port: 4173, strictPort: true },
  build: {
    // The server finds files by one name without folders.
    assetsDir: '',
    // The Content-Security-Policy has no "data:".
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    // What the licences of bundled packages ask for.
    license: { fileName: 'licences.txt' },
    rolldownOptions: {
      output: { entryFileNames: 'console-[hash].js', chunkFileNames: 'part-[hash].js', assetFileNames: 'style-[hash][extname]' },
    },
    target: ['chrome87', 'safari14', 'firefox78'],
  },
});
