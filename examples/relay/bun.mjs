// The relay on Bun: bun run bun.mjs

import { createRelay, fromEnvironment } from './relay.mjs';

const relay = createRelay(fromEnvironment(process.env));

Bun.serve({
  hostname: process.env.HOST ?? '127.0.0.1',
  port: Number(process.env.PORT ?? 8080),
  // A submit may take as long as the service does; without this it is cut off after ten seconds.
  idleTimeout: 120,
  fetch: (request, server) => relay(request, { address: server.requestIP(request)?.address }),
});
