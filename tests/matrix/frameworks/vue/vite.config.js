import vue from '@vitejs/plugin-vue';

const isCustomElement = (tag) => tag === 'slide-wright';

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
