import type { NextConfig } from 'next';

const config: NextConfig = {
  // Not a folder above that has a lock file, too.
  turbopack: { root: import.meta.dirname },
};

export default config;
