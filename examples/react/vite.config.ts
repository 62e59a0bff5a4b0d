import react from '@vitejs/plugin-react';
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
  plugins: [react()],
  server: { proxy: { '/relay/presenton': relay } },
});
