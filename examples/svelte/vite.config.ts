import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The relay while developing: it adds the key, which no page may know. On your site,
// your server does the same.
const relay = {
  target: process.env['PRESENTON_URL'] ?? 'https://api.presenton.ai',
  changeOrigin: true,
  headers: { authorization: `Bearer ${process.env['PRESENTON_KEY'] ?? ''}` },
  rewrite: (path: string) => path.replace('/relay/presenton', ''),
};

export default defineConfig({
  plugins: [svelte()],
  server: { proxy: { '/relay/presenton': relay } },
});
