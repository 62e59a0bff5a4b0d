import { nodeResolve } from '@rollup/plugin-node-resolve';

// As builds for visitors have it; packages are resolved by it.
process.env.NODE_ENV = 'production';

const output = (dir) => ({ dir, format: 'es' });

export default [
  { input: 'main.js', output: output('dist'), plugins: [nodeResolve()] },
  // Says of itself what Vite says, and leaves the wasm behind: this needs the inline entry.
  { input: 'main.js', output: output('dist-left'), plugins: [nodeResolve({ browser: true })] },
  { input: 'inline.js', output: output('dist-inline'), plugins: [nodeResolve({ browser: true })] },
];
