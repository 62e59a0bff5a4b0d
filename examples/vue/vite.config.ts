import vue from '@vitejs/plugin-vue';
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
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'slide-wright' } } })],
  server: { proxy: { '/relay/presenton': relay } },
});
