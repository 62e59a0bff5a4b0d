export default defineNuxtConfig({
  compatibilityDate: '2025-09-01',
  vue: { compilerOptions: { isCustomElement: (tag) => tag === 'slide-wright' } },
});
