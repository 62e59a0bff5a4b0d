import type { NextConfig } from 'next';

const config: NextConfig = {
  basePath: process.env['BASE_PATH'] ?? '',
  distDir: process.env['DIST_DIR'] ?? '.next',
  // Not a folder above that has a lock file, too.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
};

export default config;
